import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;

describe('Slots', () => {
  it('lets so many in at a time, in their order, and goes on after a failure', async () => {
    const slots = new Slots(2);
    const begun: number[] = [];
    const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
    const works = ends.map(({ promise }, n) =>
      slots.use(() => {
        begun.push(n);
        return promise;
      }, never),
    );
    await Promise.resolve();
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
