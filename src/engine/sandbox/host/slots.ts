import type ivm from 'isolated-vm';
import { Slot } from './slot.ts';

/** Runs at once; more wait. A run that loops holds one of these until its time is up. */
const MAX_RUNNING = 4;
const MAX_IDLE = 8;
const DEFAULT_MEMORY_MB = 128;

/** Hands out isolates: one that served this owner before, else a fresh one. */
export class Slots {
  readonly #library: typeof ivm;
  readonly #snapshot: ivm.ExternalCopy<ArrayBuffer>;
  /** Least recently used first. */
  #idle: Slot[] = [];
  #spare: Slot | null = null;
  #running = 0;
  readonly #waiting: Array<() => void> = [];

  constructor(library: typeof ivm, runtime: string) {
    this.#library = library;
    this.#snapshot = library.Isolate.createSnapshot([{ code: runtime, filename: 'guixu-runtime' }]);
    this.#prepareSpare();
  }

  async acquire(owner: string, memoryMb: number): Promise<Slot> {
    if (this.#running >= MAX_RUNNING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    const index = this.#idle.findLastIndex((slot) => slot.owner === owner && slot.memoryMb === memoryMb);
    if (index >= 0) return this.#idle.splice(index, 1)[0] as Slot;
    const slot = this.#takeSpare(memoryMb) ?? new Slot(this.#library, this.#snapshot, memoryMb);
    slot.owner = owner;
    return slot;
  }

  /** `isReusable: false` throws the isolate away. */
  release(slot: Slot, isReusable: boolean): void {
    slot.calls = null;
    if (isReusable && !slot.isDisposed) this.#idle.push(slot);
    else slot.dispose();
    if (this.#idle.length > MAX_IDLE) this.#idle.shift()?.dispose();
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }

  #takeSpare(memoryMb: number): Slot | null {
    const spare = this.#spare;
    if (spare?.memoryMb !== memoryMb) return null;
    this.#spare = null;
    this.#prepareSpare();
    return spare;
  }

  #prepareSpare(): void {
    setImmediate(() => {
      this.#spare ??= new Slot(this.#library, this.#snapshot, DEFAULT_MEMORY_MB);
    });
  }
}
