import type ivm from 'isolated-vm';
import { Interpreter, type Snapshot } from './interpreter.ts';
import type { RuntimeFiles } from './runtime-files.ts';

interface Place {
  /** Null for one that nobody has used yet. */
  owner: string | null;
  memoryMb: number;
  interpreter: Promise<Interpreter>;
}

/**
 * Interpreters to run with, one at a time. Nobody gets one that another owner has used: the last one is kept for its
 * owner, and the next one is started ahead.
 */
export class Interpreters {
  readonly #library: typeof ivm;
  readonly #files: RuntimeFiles;
  #snapshot: Promise<Snapshot> | null = null;
  #last: Place | null = null;
  #next: Place | null = null;

  constructor(library: typeof ivm, files: RuntimeFiles) {
    this.#library = library;
    this.#files = files;
  }

  async run(
    request: string,
    { owner, memoryMb, timeoutMs }: { owner: string; memoryMb: number; timeoutMs: number },
  ): Promise<string> {
    const place = this.#take(owner, memoryMb);
    const interpreter = await place.interpreter;
    try {
      const answer = await interpreter.run(request, timeoutMs);
      this.#last = { ...place, owner };
      return answer;
    } catch (error) {
      interpreter.dispose();
      throw error;
    } finally {
      this.#next ??= this.#start(memoryMb);
    }
  }

  #take(owner: string, memoryMb: number): Place {
    const fits = (place: Place | null) => place?.memoryMb === memoryMb;
    const own = this.#last;
    this.#last = null;
    if (own && fits(own) && own.owner === owner) return own;
    discard(own);
    const ahead = this.#next;
    this.#next = null;
    if (ahead && fits(ahead)) return ahead;
    discard(ahead);
    return this.#start(memoryMb);
  }

  #start(memoryMb: number): Place {
    const interpreter = this.#fromSnapshot(memoryMb);
    // Told when it is used.
    interpreter.catch(() => undefined);
    return { owner: null, memoryMb, interpreter };
  }

  async #fromSnapshot(memoryMb: number): Promise<Interpreter> {
    this.#snapshot ??= this.#makeSnapshot();
    const snapshot = await this.#snapshot;
    return Interpreter.start(this.#library, this.#files, { memoryMb, snapshot });
  }

  async #makeSnapshot(): Promise<Snapshot> {
    const first = await Interpreter.start(this.#library, this.#files, { memoryMb: 128, snapshot: null });
    try {
      return await first.snapshot(this.#library);
    } finally {
      first.dispose();
    }
  }
}

function discard(place: Place | null): void {
  void place?.interpreter.then((interpreter) => interpreter.dispose()).catch(() => undefined);
}
