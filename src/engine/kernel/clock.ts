/** The engine's only source of time, so that tests can move it. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  /** Milliseconds from an arbitrary point, never stepping back; for durations. */
  monotonic(): number;
  /** Calls back once after `delayMs`; the returned function calls it off. Delays beyond 2^31 ms are allowed. */
  schedule(delayMs: number, callback: () => void): () => void;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delayMs, callback) {
    const dueAt = performance.now() + delayMs;
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = dueAt - performance.now();
      // setTimeout fires at once for delays beyond 32 bits, so long ones are taken in stages.
      timer =
        left > LONGEST_TIMEOUT_MS
          ? setTimeout(arm, LONGEST_TIMEOUT_MS)
          : setTimeout(callback, Math.max(0, left));
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`; rejects with the signal's reason when that comes first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const cancel = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      cancel();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
