import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { daysBetween } from './days-between.ts';

const HOUR = 3_600_000;
const ZONES = ['America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Pacific/Apia', 'utc'];

describe('daysBetween', () => {
  it.each(ZONES)('%s: says what Luxon says, over clock changes and either way', (zone) => {
    const from = DateTime.fromMillis(Date.UTC(2025, 9, 30, 5, 17), { zone });
    for (let step = -400; step < 400; step++) {
      const until = from.plus(step * 31.7 * HOUR);
      expect(daysBetween(from, until)).toBe(until.diff(from, 'days').as('days'));
    }
  });

  it('between two zones too', () => {
    for (const a of ZONES)
      for (const b of ZONES)
        for (let hour = 0; hour < 48; hour++) {
          const from = DateTime.fromMillis(Date.UTC(2026, 2, 28), { zone: a });
          const until = DateTime.fromMillis(Date.UTC(2026, 2, 28) + hour * HOUR, { zone: b });
          expect(daysBetween(from, until)).toBe(until.diff(from, 'days').as('days'));
        }
  });
});
