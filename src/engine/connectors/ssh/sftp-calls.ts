import type { SFTPWrapper } from 'ssh2';

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** A call of the driver as a promise. */
export function call<T = unknown>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

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
