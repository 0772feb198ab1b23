/** Time as the supervisor needs it, so that tests can move it. */
export interface Timers {
  /** Milliseconds from an arbitrary point. */
  monotonic(): number;
  /** Calls back once after `delayMs`; the returned function calls it off. */
  schedule(delayMs: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonic: () => performance.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
