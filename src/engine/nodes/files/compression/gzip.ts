import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { NodeError } from '../../../node-kit/index.ts';

export function gzip(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return through(content, createGzip());
}

/** Throws NodeError ARCHIVE_INVALID while it is read. */
export async function* gunzip(content: AsyncIterable<Uint8Array>, field: string): AsyncGenerator<Uint8Array> {
  try {
    yield* through(content, createGunzip());
  } catch (cause) {
    if (!String((cause as NodeJS.ErrnoException).code).startsWith('Z_')) throw cause;
    throw new NodeError('ARCHIVE_INVALID', { field, reason: (cause as Error).message }, { cause });
  }
}

/** What comes out of the transform; both ends are let go of however the reading ends. */
async function* through(
  content: AsyncIterable<Uint8Array>,
  transform: ReturnType<typeof createGzip> | ReturnType<typeof createGunzip>,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(content);
  source.on('error', (error) => transform.destroy(error)).pipe(transform);
  try {
    yield* transform as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
    transform.destroy();
  }
}
