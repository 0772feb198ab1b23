import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Item } from '../../contract/index.ts';
import { itemListOf, type ItemList } from '../node-kit/index.ts';

const CHUNK_ITEMS = 1000;
/** Items looked at to guess a list's size. */
const SAMPLE = 32;

/** Moves large item lists to a temporary folder, which lives as long as its execution. */
export interface Spill {
  /** The same items: in memory when small, on disk when they are guessed to be larger than the threshold. */
  keep(items: readonly Item[]): ItemList;
  /** Removes everything from disk; lists kept before cannot be read any more. */
  dispose(): void;
}

export function createSpill(options: { thresholdBytes: number; folder?: string }): Spill {
  let folder: string | undefined;
  let files = 0;
  return {
    keep(items) {
      if (items.length === 0 || estimateBytes(items) < options.thresholdBytes) return itemListOf(items);
      folder ??= mkdtempSync(join(options.folder ?? tmpdir(), 'guixuflow-items-'));
      return writeList(join(folder, `${files++}.bin`), items);
    },
    dispose() {
      if (folder) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}

/** Bytes the items take as JSON, guessed from a sample spread evenly. */
export function estimateBytes(items: readonly Item[]): number {
  if (items.length <= SAMPLE) return items.length * 200;
  let bytes = 0;
  const step = items.length / SAMPLE;
  for (let index = 0; index < SAMPLE; index++) {
    bytes += JSON.stringify(items[Math.floor(index * step)])?.length ?? 0;
  }
  return (bytes / SAMPLE) * items.length;
}

function writeList(path: string, items: readonly Item[]): ItemList {
  const chunks: Array<{ position: number; bytes: number }> = [];
  const file = openSync(path, 'wx', 0o600);
  try {
    let position = 0;
    for (let start = 0; start < items.length; start += CHUNK_ITEMS) {
      const bytes = serialize(items.slice(start, start + CHUNK_ITEMS));
      writeSync(file, bytes);
      chunks.push({ position, bytes: bytes.length });
      position += bytes.length;
    }
  } finally {
    closeSync(file);
  }
  const readChunk = (handle: number, { position, bytes }: { position: number; bytes: number }): Item[] => {
    const buffer = Buffer.allocUnsafe(bytes);
    readSync(handle, buffer, 0, bytes, position);
    return deserialize(buffer) as Item[];
  };
  return {
    length: items.length,
    inMemory: null,
    async *chunks() {
      const handle = openSync(path, 'r');
      try {
        for (const chunk of chunks) yield await Promise.resolve(readChunk(handle, chunk));
      } finally {
        closeSync(handle);
      }
    },
    read() {
      const handle = openSync(path, 'r');
      try {
        return chunks.flatMap((chunk) => readChunk(handle, chunk));
      } finally {
        closeSync(handle);
      }
    },
  };
}
