import { expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

it('takes so many calls within any window, and tells how long to wait', () => {
  let now = 0;
  const take = createRateLimit({ requests: 2, windowSeconds: 10 }, { monotonic: () => now });
  const at = (time: number) => {
    now = time;
    return take();
  };
  expect([at(0), at(4000), at(5000), at(9999)]).toEqual([0, 0, 5000, 1]);
  // Those that were refused do not count.
  expect([at(10_000), at(10_001), at(14_000), at(14_001)]).toEqual([0, 3999, 0, 5999]);
});
