/**
 * Lets items through in batches: batch n may begin n intervals after the first, whether or not the one before has its
 * answers. Gives a function that resolves when the item at that index may go.
 */
export function createBatchGate(options: {
  size: number;
  intervalMs: number;
  now(): number;
  sleep(delayMs: number): Promise<unknown>;
}): (itemIndex: number) => Promise<void> {
  const start = options.now();
  return async (itemIndex) => {
    const due = start + Math.floor(itemIndex / options.size) * options.intervalMs;
    const delay = due - options.now();
    if (delay > 0) await options.sleep(delay);
  };
}
