import type { Item } from '../../../contract/index.ts';
import type { BinaryStore } from '../../node-kit/index.ts';

/** What the content of a message is read as; `auto` is JSON as a value, else text. */
export type ContentKind = 'auto' | 'text' | 'binary';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A message as an item: `about` and its content as `content`, or as the file `data` where a file is wanted or the bytes are
 * no UTF-8.
 */
export async function readContent(
  bytes: Uint8Array,
  as: ContentKind,
  about: Record<string, unknown>,
  store: BinaryStore,
  mimeType = 'application/octet-stream',
): Promise<Item> {
  const text = as === 'binary' ? null : decode(bytes);
  if (text === null) return { json: about, binary: { data: await store.write(bytes, { mimeType }) } };
  return { json: { content: as === 'auto' ? readJson(text) : text, ...about } };
}

/** Null for bytes that are no UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return null;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
