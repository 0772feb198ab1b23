export type SnippetAnswer =
  | { output: string; console: string[] }
  | { failure: { reason: string; line?: number; code?: 'memory' }; console: string[] };

interface SnippetExports {
  memory: WebAssembly.Memory;
  guixu_room(length: number): number;
  guixu_run(start: number, length: number): bigint;
  guixu_panic(): bigint;
}

/** A snippet, loaded: it has a memory and what `crate-source.ts` exports, and no imports. */
export class SnippetInstance {
  readonly #exports: SnippetExports;

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module, {}).exports as unknown as SnippetExports;
  }

  /** Never throws; after a failure of kind trap the instance is of no use. */
  call(input: string): SnippetAnswer {
    try {
      const bytes = new TextEncoder().encode(input);
      const start = this.#exports.guixu_room(bytes.length) >>> 0;
      new Uint8Array(this.#exports.memory.buffer).set(bytes, start);
      const answer = JSON.parse(this.#textAt(this.#exports.guixu_run(start, bytes.length))) as {
        ok?: unknown;
        error?: string;
        console: string[];
      };
      const { error, console } = answer;
      return error === undefined
        ? { output: JSON.stringify(answer.ok), console }
        : { failure: { reason: error }, console };
    } catch (error) {
      return { failure: this.#describeTrap(error as Error), console: [] };
    }
  }

  #describeTrap(error: Error): { reason: string; line?: number; code?: 'memory' } {
    const panic = this.#panic();
    if (panic) return { reason: panic.reason, ...(panic.line > 0 && { line: panic.line }) };
    // Rust's allocator has no other way to say that there is no memory left.
    if (error.message === 'unreachable') return { reason: error.message, code: 'memory' };
    return { reason: error instanceof RangeError ? 'the calls are nested too deeply' : error.message };
  }

  #panic(): { reason: string; line: number } | undefined {
    try {
      const text = this.#textAt(this.#exports.guixu_panic());
      return text === '' ? undefined : (JSON.parse(text) as { reason: string; line: number });
    } catch {
      return undefined;
    }
  }

  #textAt(place: bigint): string {
    const start = Number(place >> 32n);
    const length = Number(place & 0xffff_ffffn);
    return new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, start, length));
  }
}
