import type { Client, SFTPWrapper } from 'ssh2';

/** A channel for files. */
export interface SftpChannel {
  sftp: SFTPWrapper;
  isOpen: boolean;
  /** Rejected when it is closed: what is asked after that, the driver never answers. */
  lost: Promise<never>;
}

/** The caller ends it. */
export function openSftp(client: Client): Promise<SftpChannel> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => {
      if (error) {
        reject(error);
        return;
      }
      const lost = Promise.withResolvers<never>();
      // Nobody may be at work with it.
      lost.promise.catch(() => undefined);
      const channel = { sftp, isOpen: true, lost: lost.promise };
      const lose = () => {
        channel.isOpen = false;
        lost.reject(new Error('connection lost'));
      };
      // What is under way hears of it; an error that nobody listens for would end the process.
      sftp.on('error', lose).on('end', lose).on('close', lose);
      resolve(channel);
    });
  });
}
