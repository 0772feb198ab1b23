import { describe, expect, it } from 'vitest';
import type { ScheduleDeclaration } from '../node-kit/index.ts';
import { compileSchedule } from './next-fire-time.ts';

function slots(schedule: ScheduleDeclaration, timezone: string, from: string, count: number): string[] {
  const next = compileSchedule(schedule, timezone, 'Schedule');
  const found: string[] = [];
  for (let at = next(Date.parse(from)); at !== null && found.length < count; at = next(at))
    found.push(new Date(at).toISOString());
  return found;
}
const cron = (expression: string): ScheduleDeclaration => ({ kind: 'cron', expression });

describe('compileSchedule', () => {
  it('goes by the clocks of the time zone', () => {
    expect(slots(cron('0 9 * * 1-5'), 'Asia/Shanghai', '2026-01-02T00:00:00Z', 2)).toEqual([
      '2026-01-02T01:00:00.000Z',
      '2026-01-05T01:00:00.000Z',
    ]);
    expect(slots(cron('*/10 * * * * *'), 'UTC', '2026-01-02T00:00:05Z', 2)).toEqual([
      '2026-01-02T00:00:10.000Z',
      '2026-01-02T00:00:20.000Z',
    ]);
  });

  it('keeps a clock time once a day when summer time begins and ends', () => {
    expect(slots(cron('30 2 * * *'), 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(slots(cron('30 2 * * *'), 'Europe/Berlin', '2026-10-24T00:00:00Z', 3)).toEqual([
      '2026-10-24T00:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it.each([
    // A time that is left out moves to the next moment there is; one that comes twice counts once.
    ['Europe/Berlin', '30 2 * * *', '2026-03-29T00:00Z', ['2026-03-29T01:00', '2026-03-30T00:30']],
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T22:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['Europe/Berlin', '0 9 * * *', '2026-03-28T12:00Z', ['2026-03-29T07:00', '2026-03-30T07:00']],
    ['Europe/Berlin', '0 9 * * *', '2026-10-24T12:00Z', ['2026-10-25T08:00', '2026-10-26T08:00']],
    ['America/New_York', '30 2 * * *', '2026-03-08T05:30Z', ['2026-03-08T07:00', '2026-03-09T06:30']],
    ['America/New_York', '30 1 * * *', '2026-11-01T00:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['America/New_York', '15 0 0 * * *', '2026-11-01T00:00Z', ['2026-11-01T04:00', '2026-11-02T05:00']],
    ['Asia/Shanghai', '30 2 * * *', '2026-03-28T20:00Z', ['2026-03-29T18:30', '2026-03-30T18:30']],
    ['Asia/Shanghai', '0 9 * * *', '2026-10-24T12:00Z', ['2026-10-25T01:00', '2026-10-26T01:00']],
  ])('keeps %s on its clocks: %s from %s', (timezone, expression, from, expected) => {
    expect(slots(cron(expression), timezone, from, 2).map((text) => text.slice(0, 16))).toEqual(expected);
  });

  it('gives every quarter of an hour that elapses, through both changes', () => {
    for (const [timezone, from] of [
      ['Europe/Berlin', '2026-03-29T00:30:00Z'],
      ['Europe/Berlin', '2026-10-25T00:00:00Z'],
      ['America/New_York', '2026-03-08T06:30:00Z'],
      ['America/New_York', '2026-11-01T05:00:00Z'],
    ] as const) {
      const times = slots(cron('*/15 * * * *'), timezone, from, 12).map((text) => Date.parse(text));
      expect(times.map((time) => (time - Date.parse(from)) / 900_000)).toEqual(
        Array.from({ length: 12 }, (_, index) => index + 1),
      );
    }
  });

  it('gives hourly slots without a gap or a repeat through both changes', () => {
    for (const from of ['2026-03-28T22:30:00Z', '2026-10-24T22:30:00Z']) {
      const times = slots(cron('0 * * * *'), 'Europe/Berlin', from, 6).map((text) => Date.parse(text));
      expect(times.slice(1).map((time, index) => time - times[index]!)).toEqual(
        Array.from({ length: 5 }, () => 3_600_000),
      );
    }
  });

  it('aligns intervals, so that every process finds the same slots', () => {
    expect(slots({ kind: 'interval', everyMs: 90_000 }, 'UTC', '2026-01-01T00:00:10Z', 2)).toEqual([
      '2026-01-01T00:01:30.000Z',
      '2026-01-01T00:03:00.000Z',
    ]);
  });

  it('keeps each n-th day, week or month wherever it is asked from', () => {
    const days: ScheduleDeclaration = {
      ...cron('0 8 * * *'),
      every: { unit: 'days', count: 3 },
    } as ScheduleDeclaration;
    const [first, second, third] = slots(days, 'Europe/Berlin', '2026-03-20T00:00:00Z', 3);
    expect(Date.parse(third!) - Date.parse(first!)).toBe(6 * 86_400_000);
    expect(slots(days, 'Europe/Berlin', first!, 1)).toEqual([second]);
    const weeks = { ...cron('0 8 * * 1,4'), every: { unit: 'weeks', count: 2 } } as ScheduleDeclaration;
    const found = slots(weeks, 'UTC', '2026-01-03T00:00:00Z', 4).map((text) => Date.parse(text) / 86_400_000);
    expect([found[1]! - found[0]!, found[2]! - found[0]!]).toEqual([3, 14]);
    const months = { ...cron('0 0 31 * *'), every: { unit: 'months', count: 2 } } as ScheduleDeclaration;
    expect(slots(months, 'UTC', '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-31T00:00:00.000Z',
      '2026-03-31T00:00:00.000Z',
      '2026-05-31T00:00:00.000Z',
    ]);
  });

  it.each([
    ['hours', '15 * * * *', 3_600_000],
    ['days', '30 8 * * *', 86_400_000],
    ['weeks', '30 8 * * 1', 7 * 86_400_000],
  ] as const)('keeps each 400th of %s, though it leaps over those between', (unit, expression, unitMs) => {
    const rare = { ...cron(expression), every: { unit, count: 400 } } as ScheduleDeclaration;
    const times = slots(rare, 'Europe/Berlin', '2026-01-01T00:00:00Z', 6).map((text) => Date.parse(text));
    const distances = times.slice(1).map((time, index) => time - times[index]!);
    // By the clocks, so that summer time makes one an hour longer and another one shorter.
    for (const distance of distances)
      expect(Math.abs(distance - 400 * unitMs)).toBeLessThanOrEqual(3_600_000);
    const next = compileSchedule(rare, 'Europe/Berlin', 'n');
    for (const back of [1, 1000 * 3_600_000, 100 * unitMs])
      expect(next(times[3]! - Math.min(back, 399 * unitMs))).toBe(times[3]);
  });

  it('keeps each 31st month that has the day', () => {
    const rare = { ...cron('0 8 31 * *'), every: { unit: 'months', count: 31 } } as ScheduleDeclaration;
    const months = slots(rare, 'UTC', '2026-01-01T00:00:00Z', 3).map((text) => text.slice(0, 7));
    // Months 744, 775 and 806 since 1970; 682 and 713 are months of thirty days.
    expect(months).toEqual(['2032-01', '2034-08', '2037-03']);
  });

  it('refuses what never comes or cannot be read, naming the node', () => {
    for (const schedule of [
      cron(''),
      cron('* * *'),
      cron('61 * * * *'),
      cron('0 0 30 2 *'),
      cron('@daily'),
      { kind: 'interval', everyMs: 10 } as const,
    ]) {
      expect(() => compileSchedule(schedule, 'UTC', 'Nightly')).toThrow(
        expect.objectContaining({
          code: 'SCHEDULE_INVALID',
          facts: expect.objectContaining({ node: 'Nightly' }),
        }),
      );
    }
    expect(() => compileSchedule(cron('0 0 * * *'), 'No/Where', 'Nightly')).toThrow(/No\/Where/);
  });
});
