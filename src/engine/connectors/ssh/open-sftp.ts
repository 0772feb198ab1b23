import type { Client, SFTPWrapper } from 'ssh2';

/** A channel for files. */
export interface SftpChannel {
  sftp: SFTPWrapper;
  isOpen: boolean;
}

/** The caller ends it. */
export function openSftp(client: Client): Promise<SftpChannel> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => {
      if (error) {
        reject(error);
        return;
      }
      const channel = { sftp, isOpen: true };
      const lose = () => void (channel.isOpen = false);
      // What is under way hears of it; an error that nobody listens for would end the process.
      sftp.on('error', lose).on('end', lose).on('close', lose);
      resolve(channel);
    });
  });
}
