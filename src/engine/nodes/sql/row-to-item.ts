import type { BinaryReference, Item } from '../../../contract/index.ts';
import type { BinaryStore } from '../../node-kit/index.ts';

import type { Row } from '../../connectors/sql/index.ts';

/** A row as an item. Bytes become files of the item, in the field that is called as their column. */
export function rowToItem(row: Row, store: BinaryStore, item: number | undefined): Item | Promise<Item> {
  const pairedItem = item === undefined ? {} : { pairedItem: { item } };
  const files = Object.entries(row).filter((entry): entry is [string, Buffer] => Buffer.isBuffer(entry[1]));
  return files.length === 0 ? { json: row, ...pairedItem } : withFiles(row, files, store, pairedItem);
}

async function withFiles(
  row: Row,
  files: ReadonlyArray<[string, Buffer]>,
  store: BinaryStore,
  pairedItem: Pick<Item, 'pairedItem'>,
): Promise<Item> {
  const binary: Record<string, BinaryReference> = {};
  const json = { ...row };
  for (const [name, bytes] of files) {
    binary[name] = await store.write(bytes, { mimeType: 'application/octet-stream', fileName: name });
    delete json[name];
  }
  return { json, binary, ...pairedItem };
}
