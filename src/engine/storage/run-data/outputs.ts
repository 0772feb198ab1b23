import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { Item } from '../../../contract/index.ts';
import type { ItemList } from '../../node-kit/index.ts';
import { findBlobs, type FoundBlob } from './blob-ids.ts';

/** Outputs of one node run up to this many characters of JSON lie in its row; larger ones become pieces. */
const INLINE_LIMIT = 8192;
/** More items than this are not even tried inline: writing them as JSON only to throw it away costs twice. */
const INLINE_ITEMS = 200;
/** Characters of JSON per piece: what is held in memory at a time, and what one page of items has to unpack. */
const PIECE_TARGET = 256 * 1024;
const FIRST_PIECE_ITEMS = 32;
const MOST_PIECE_ITEMS = 20_000;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A piece by its hash, with the number of its items. */
const PieceReference = z.tuple([z.string(), z.number().int()]);
/** What a row holds for one node run: the items per port, or the pieces per port. */
const StoredOutputs = z.union([
  z.object({ items: z.array(z.array(z.unknown())) }),
  z.object({ pieces: z.array(z.array(PieceReference)) }),
]);
export type StoredOutputs = z.infer<typeof StoredOutputs>;
const StoredOutputsList = z.array(StoredOutputs);

export interface Piece {
  hash: string;
  content: Uint8Array;
  blobs: readonly FoundBlob[];
}

/** The JSON of small outputs; null when they are large and have to go through {@link encodeLarge}. */
export function encodeSmall(outputs: readonly ItemList[]): string | null {
  let count = 0;
  const ports: Array<readonly Item[]> = [];
  for (const { inMemory, length } of outputs) {
    count += length;
    if (!inMemory || count > INLINE_ITEMS) return null;
    ports.push(inMemory);
  }
  const text = JSON.stringify({ items: ports });
  return text.length <= INLINE_LIMIT ? text : null;
}

/** Hands the compressed pieces of large outputs to `store`, a few at a time, and gives the JSON that refers to them. */
export async function encodeLarge(
  outputs: readonly ItemList[],
  store: (piece: Piece) => Promise<void>,
): Promise<string> {
  const pieces: Array<Array<[string, number]>> = [];
  for (const output of outputs) {
    const port: Array<[string, number]> = [];
    for await (const { text, count } of jsonPieces(output)) {
      const content = await compress(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
      const name = hash('sha256', content, 'base64url');
      await store({ hash: name, content, blobs: findBlobs(text) });
      port.push([name, count]);
    }
    pieces.push(port);
  }
  return JSON.stringify({ pieces });
}

async function* jsonPieces(list: ItemList): AsyncGenerator<{ text: string; count: number }> {
  let count = FIRST_PIECE_ITEMS;
  for await (const chunk of list.chunks()) {
    for (let start = 0; start < chunk.length;) {
      const items = chunk.slice(start, start + count);
      const text = JSON.stringify(items);
      yield { text, count: items.length };
      start += items.length;
      // The items met so far tell how many of the next ones fill a piece.
      count = Math.round((items.length * PIECE_TARGET) / text.length);
      count = Math.min(Math.max(count, 1), MOST_PIECE_ITEMS);
    }
  }
}

export function parseOutputs(text: string): StoredOutputs[] {
  return StoredOutputsList.parse(JSON.parse(text));
}

/** Items per port from `offset`, at most `limit` of each. Unpacks only the pieces that hold some of them. */
export async function decodeOutputs(
  stored: StoredOutputs,
  page: { offset: number; limit: number },
  load: (hash: string) => Promise<Uint8Array>,
): Promise<Item[][]> {
  const end = page.offset + page.limit;
  if ('items' in stored) return stored.items.map((items) => parseItems(items.slice(page.offset, end)));
  return Promise.all(
    stored.pieces.map(async (port) => {
      const items: Item[] = [];
      let position = 0;
      for (const [name, count] of port) {
        if (position < end && position + count > page.offset) {
          const text = await unpackPiece(await load(name));
          const all = z.array(z.unknown()).parse(JSON.parse(text));
          for (const item of parseItems(all.slice(Math.max(0, page.offset - position), end - position)))
            items.push(item);
        }
        position += count;
      }
      return items;
    }),
  );
}

/** The JSON text of one piece, an array of items. */
export async function unpackPiece(content: Uint8Array): Promise<string> {
  return (await decompress(content)).toString('utf8');
}

const parseItems = (items: unknown[]): Item[] => z.array(Item).parse(items);
