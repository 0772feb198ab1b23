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
  /** A list to fill a chunk at a time; what it holds leaves memory once it is guessed to be larger than the threshold. */
  open(): SpillWriter;
  /** Removes everything from disk; lists kept before cannot be read any more. */
  dispose(): void;
}

export interface SpillWriter {
  add(items: readonly Item[]): void;
  finish(): ItemList;
}

export function createSpill(options: { thresholdBytes: number; folder?: string }): Spill {
  let folder: string | undefined;
  let files = 0;
  const newFile = () => {
    folder ??= mkdtempSync(join(options.folder ?? tmpdir(), 'guixuflow-items-'));
    return new ItemFile(join(folder, `${files++}.bin`));
  };
  return {
    keep(items) {
      if (items.length === 0 || estimateBytes(items) < options.thresholdBytes) return itemListOf(items);
      const file = newFile();
      file.add(items);
      return file.finish();
    },
    open() {
      let held: Item[] = [];
      let bytes = 0;
      let file: ItemFile | undefined;
      return {
        add(items) {
          if (file) return file.add(items);
          for (const item of items) held.push(item);
          bytes += sampledBytes(items);
          if (bytes < options.thresholdBytes) return;
          file = newFile();
          file.add(held);
          held = [];
        },
        finish: () => file?.finish() ?? itemListOf(held),
      };
    },
    dispose() {
      if (folder) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}

/** Bytes the items take as JSON: guessed from a sample, and for few items from their number, which costs nothing. */
export function estimateBytes(items: readonly Item[]): number {
  return items.length <= SAMPLE ? items.length * 200 : sampledBytes(items);
}

/** The same from a sample spread evenly, for lists that come in many small parts. */
function sampledBytes(items: readonly Item[]): number {
  const looked = Math.min(items.length, SAMPLE);
  let bytes = 0;
  const step = items.length / looked;
  for (let index = 0; index < looked; index++) {
    bytes += JSON.stringify(items[Math.floor(index * step)])?.length ?? 0;
  }
  return looked === 0 ? 0 : (bytes / looked) * items.length;
}

interface Chunk {
  position: number;
  bytes: number;
}

/** Items on disk, serialised some at a time. */
class ItemFile {
  readonly #path: string;
  readonly #file: number;
  readonly #chunks: Chunk[] = [];
  #position = 0;
  #length = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'wx', 0o600);
  }

  add(items: readonly Item[]): void {
    for (let start = 0; start < items.length; start += CHUNK_ITEMS) {
      const bytes = serialize(items.slice(start, start + CHUNK_ITEMS));
      writeSync(this.#file, bytes);
      this.#chunks.push({ position: this.#position, bytes: bytes.length });
      this.#position += bytes.length;
    }
    this.#length += items.length;
  }

  finish(): ItemList {
    closeSync(this.#file);
    const path = this.#path;
    const chunks = this.#chunks;
    return {
      length: this.#length,
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
}

function readChunk(handle: number, { position, bytes }: Chunk): Item[] {
  const buffer = Buffer.allocUnsafe(bytes);
  readSync(handle, buffer, 0, bytes, position);
  return deserialize(buffer) as Item[];
}
