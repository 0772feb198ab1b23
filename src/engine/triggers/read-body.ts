import type { Readable } from 'node:stream';
import { EngineError } from '../kernel/index.ts';

/** The whole body. Throws BODY_TOO_LARGE beyond `limit` bytes, INPUT_INVALID when the caller breaks off. */
export function readWhole(body: Readable, limit: number): Promise<Buffer> {
  // Listeners rather than iteration: this is the hot path of small calls.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    body.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    body.once('error', (cause) => reject(brokenOff(cause)));
    // It follows every end as well, where an error would be made for nothing.
    body.once('close', () => {
      if (!body.readableEnded) reject(brokenOff());
    });
    // Broken off before anybody listened.
    if (body.destroyed) reject(brokenOff());
  });
}

/** The body a piece at a time. Throws as {@link readWhole} does. */
export async function* upTo(body: Readable, limit: number): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  try {
    // The caller is to get an answer, for which the connection has to stay.
    const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof EngineError ? error : brokenOff(error);
  }
}

export function tooLarge(limit: number): EngineError {
  return new EngineError('BODY_TOO_LARGE', { limit });
}

function brokenOff(cause?: unknown): EngineError {
  return new EngineError('INPUT_INVALID', { reason: 'the body broke off' }, { cause });
}
