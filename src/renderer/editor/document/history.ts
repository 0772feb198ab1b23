const COALESCE_MS = 1500;

/**
 * Undo and redo over immutable values. Documents share their unchanged parts, so a snapshot per step costs little
 * and restores exactly.
 */
export interface History<T> {
  /**
   * Notes that `before` was replaced. Changes in a row with the same `key`, each within 1.5 s of the last, are one
   * step, so that typing a word is undone as a word. `now` is in milliseconds.
   */
  record(before: T, now: number, key?: string): void;
  /** The value before the last step, or undefined when there is none. */
  undo(current: T): T | undefined;
  redo(current: T): T | undefined;
  /** The next change starts a step of its own whatever its key. */
  breakStep(): void;
  clear(): void;
  readonly undoCount: number;
  readonly redoCount: number;
}

export function createHistory<T>(limit = 300): History<T> {
  let past: T[] = [];
  let future: T[] = [];
  let open: { key: string; at: number } | null = null;

  return {
    record(before, now, key) {
      future = [];
      const continues = key !== undefined && open?.key === key && now - open.at <= COALESCE_MS;
      open = key === undefined ? null : { key, at: now };
      if (continues) return;
      past.push(before);
      if (past.length > limit) past = past.slice(-limit);
    },
    undo(current) {
      open = null;
      const previous = past.pop();
      if (previous !== undefined) future.push(current);
      return previous;
    },
    redo(current) {
      open = null;
      const next = future.pop();
      if (next !== undefined) past.push(current);
      return next;
    },
    breakStep() {
      open = null;
    },
    clear() {
      past = [];
      future = [];
      open = null;
    },
    get undoCount() {
      return past.length;
    },
    get redoCount() {
      return future.length;
    },
  };
}
