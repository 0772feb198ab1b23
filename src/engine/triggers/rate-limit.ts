import type { Clock } from '../kernel/index.ts';
import type { RateLimit } from '../node-kit/index.ts';

/** Milliseconds until the next call is taken; 0 for one that is taken now, and counted. */
export type TakeTurn = () => number;

/** At most so many calls within any window of that length, counted in this process. */
export function createRateLimit(
  { requests, windowSeconds }: RateLimit,
  clock: Pick<Clock, 'monotonic'>,
): TakeTurn {
  // The times of the latest calls that were taken, in a ring.
  const taken = new Float64Array(requests).fill(-Infinity);
  let next = 0;
  return () => {
    const now = clock.monotonic();
    const wait = (taken[next] ?? -Infinity) + windowSeconds * 1000 - now;
    if (wait > 0) return wait;
    taken[next] = now;
    next = (next + 1) % requests;
    return 0;
  };
}
