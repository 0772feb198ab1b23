import { describe, expect, it } from 'vitest';
import { InFlight } from './in-flight.ts';

describe('InFlight', () => {
  it('lets so many in at a time, in their order, and goes on after a failure', async () => {
    const inFlight = new InFlight(2);
    const begun: number[] = [];
    const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
    const works = ends.map(({ promise }, n) =>
      inFlight.run(() => {
        begun.push(n);
        return promise;
      }),
    );
    expect(begun).toEqual([0, 1]);
    ends[1]!.reject(new Error('no'));
    await expect(works[1]).rejects.toThrow('no');
    ends[0]!.resolve(10);
    expect(await works[0]).toBe(10);
    ends[2]!.resolve(12);
    ends[3]!.resolve(13);
    expect(await Promise.all([works[2], works[3]])).toEqual([12, 13]);
    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
