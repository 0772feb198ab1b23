/** What a command writes, up to a limit. */
export class Collected {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when it is too much. */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > this.#limit) return false;
    this.#chunks.push(chunk);
    return true;
  }

  /** Without white space at the ends. Programs of a Chinese Windows write GBK where they are not told otherwise. */
  text(): string {
    const bytes = Buffer.concat(this.#chunks);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    } catch {
      return new TextDecoder(process.platform === 'win32' ? 'gb18030' : 'utf-8').decode(bytes).trim();
    }
  }
}
