/**
 * Bytes of run data that were written ahead of the execution's next row, which takes them along: a statement of their
 * own for every write would cost more than knowing them at once is worth. A killed process forgets some.
 */
export class Weights {
  readonly #ahead = new Map<string, number>();

  add(executionId: string, bytes: number): void {
    this.#ahead.set(executionId, (this.#ahead.get(executionId) ?? 0) + bytes);
  }

  /** All that was added since the last time. */
  take(executionId: string): number {
    if (this.#ahead.size === 0) return 0;
    const bytes = this.#ahead.get(executionId) ?? 0;
    this.#ahead.delete(executionId);
    return bytes;
  }
}
