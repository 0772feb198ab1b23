import { DateTime, type DurationUnit } from 'luxon';
import { describe, expect, it } from 'vitest';
import { timeParts } from './time-parts.ts';

const UNITS: DurationUnit[][] = [
  ['days', 'hours'],
  ['days', 'hours', 'minutes'],
  ['hours', 'minutes', 'seconds'],
  ['days', 'seconds'],
  ['minutes', 'days'],
  ['hours', 'milliseconds'],
  ['days', 'hours', 'minutes', 'seconds', 'milliseconds'],
];

describe('timeParts', () => {
  it.each(UNITS.map((units) => [units.join(', '), units] as const))(
    '%s: what Luxon says, over clock changes and either way',
    (_name, units) => {
      for (const zone of ['America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe']) {
        const from = DateTime.fromMillis(Date.UTC(2025, 9, 30, 5, 17, 3, 77), { zone });
        for (let step = -150; step < 150; step++) {
          const until = from.plus(step * 111_222_333);
          expect(timeParts(from, until, units)).toEqual(until.diff(from, units).toObject());
        }
      }
    },
  );

  it('leaves other units to Luxon', () => {
    const now = DateTime.now();
    expect(timeParts(now, now, ['months', 'days'])).toBeNull();
    expect(timeParts(now, now, ['days'])).toBeNull();
  });
});
