import type { SFTPWrapper } from 'ssh2';
import { call } from './driver-call.ts';

/** Opens a file for as long as `use` takes. */
export async function withHandle<R>(
  sftp: SFTPWrapper,
  { path, mode }: { path: string; mode: 'r' | 'w' },
  use: (handle: Buffer) => Promise<R>,
): Promise<R> {
  const handle = await call<Buffer>((done) => sftp.open(path, mode, done));
  try {
    return await use(handle);
  } finally {
    await call((done) => sftp.close(handle, (error) => done(error, undefined)));
  }
}
