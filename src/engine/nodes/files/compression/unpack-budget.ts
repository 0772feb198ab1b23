import { NodeError } from '../../../node-kit/index.ts';

const MB = 1024 ** 2;

export interface UnpackLimits {
  maxSizeMb: number;
  maxFiles: number;
}

/** Guards one item against archives that unpack to far more than they look like. */
export class UnpackBudget {
  readonly #limits: UnpackLimits;
  readonly #signal: AbortSignal;
  #bytes = 0;
  #files = 0;

  constructor(limits: UnpackLimits, signal: AbortSignal) {
    this.#limits = limits;
    this.#signal = signal;
  }

  /** Throws NodeError ARCHIVE_TOO_MANY_FILES. */
  addFile(field: string): void {
    this.#files += 1;
    const limit = this.#limits.maxFiles;
    if (this.#files > limit) throw new NodeError('ARCHIVE_TOO_MANY_FILES', { field, limit });
  }

  /** The same chunks, counted. Throws NodeError ARCHIVE_TOO_LARGE at the first chunk too many. */
  async *count(content: AsyncIterable<Uint8Array>, field: string): AsyncGenerator<Uint8Array> {
    const limitMb = this.#limits.maxSizeMb;
    for await (const chunk of content) {
      this.#signal.throwIfAborted();
      this.#bytes += chunk.byteLength;
      if (this.#bytes > limitMb * MB) throw new NodeError('ARCHIVE_TOO_LARGE', { field, limitMb });
      yield chunk;
    }
  }
}
