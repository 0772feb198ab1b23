import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br, zstd';

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** The body as it was before `content-encoding` (several are undone in reverse). Unknown encodings are left as they are. */
export function decodeBody(body: Readable, contentEncoding: string | undefined): Readable {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  let decoded = body;
  for (const encoding of encodings.reverse()) {
    const decoder = DECODERS[encoding]?.();
    if (!decoder) break;
    // pipeline hands errors and early ends of one side to the other; readers see them on the decoder.
    pipeline(decoded, decoder, () => undefined);
    decoded = decoder;
  }
  return decoded;
}

/** Text in the charset that `content-type` names; UTF-8 where it names none or an unknown one. */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
