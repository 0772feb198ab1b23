import type { Client, SFTPWrapper } from 'ssh2';
import { openSession } from './open-session.ts';

/** A channel for files. */
export interface SftpChannel {
  sftp: SFTPWrapper;
  isOpen: boolean;
  /** Rejected when it is closed: what is asked after that, the driver never answers. */
  lost: Promise<never>;
}

/** The caller ends it. */
export async function openSftp(client: Client, signal: AbortSignal): Promise<SftpChannel> {
  const sftp = await openSession<SFTPWrapper>((done) => client.sftp(done), signal);
  const lost = Promise.withResolvers<never>();
  // Nobody may be at work with it.
  lost.promise.catch(() => undefined);
  const channel = { sftp, isOpen: true, lost: lost.promise };
  const lose = () => {
    channel.isOpen = false;
    lost.reject(new Error('connection lost'));
  };
  // An error that nobody listens for would end the process.
  sftp.on('error', lose).on('end', lose).on('close', lose);
  return channel;
}
