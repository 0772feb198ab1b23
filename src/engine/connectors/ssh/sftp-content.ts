import type { SFTPWrapper } from 'ssh2';
import { call } from './driver-call.ts';

/** Every server takes this much in one request. */
const CHUNK_BYTES = 32 * 1024;
/** Requests under way at a time: one after the other, each would wait for its answer to come over the network. */
const MOST_AHEAD = 32;

/** The content of an open file, with requests ahead of the reader. */
export async function* readAhead(sftp: SFTPWrapper, handle: Buffer): AsyncGenerator<Uint8Array> {
  const pending: Array<Promise<Buffer>> = [];
  // Small files are not worth many requests.
  for (let position = 0, ahead = 1; ; ahead = Math.min(ahead * 2, MOST_AHEAD)) {
    for (; pending.length < ahead; position += CHUNK_BYTES) {
      const chunk = readChunk(sftp, handle, position);
      // The reader hears of it when it comes to it.
      chunk.catch(() => undefined);
      pending.push(chunk);
    }
    const chunk = await pending.shift()!;
    if (chunk.length > 0) yield chunk;
    if (chunk.length < CHUNK_BYTES) return;
  }
}

/** A whole chunk, shorter only at the end of the file: servers may give less than they are asked for. */
async function readChunk(sftp: SFTPWrapper, handle: Buffer, position: number): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let size = 0;
  while (size < CHUNK_BYTES) {
    const offset = size;
    const length = await call<number>((done) =>
      sftp.read(handle, chunk, offset, CHUNK_BYTES - offset, position + offset, done),
    );
    if (length === 0) break;
    size += length;
  }
  return chunk.subarray(0, size);
}

/** Writes an open file, with requests ahead of the answers. */
export async function writeAhead(
  sftp: SFTPWrapper,
  handle: Buffer,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const pending = new Set<Promise<void>>();
  let position = 0;
  for await (const bytes of content)
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      if (pending.size >= MOST_AHEAD) await Promise.race(pending);
      const chunk = Buffer.from(bytes.subarray(at, at + CHUNK_BYTES));
      const from = position;
      const writing = call<void>((done) =>
        sftp.write(handle, chunk, 0, chunk.length, from, (error) => done(error, undefined)),
      );
      pending.add(writing);
      // One that failed stays, so that whoever waits hears of it.
      writing.then(
        () => pending.delete(writing),
        () => undefined,
      );
      position += chunk.length;
    }
  await Promise.all(pending);
}
