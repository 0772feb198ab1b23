import { describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import type { MissedSlots } from '../node-kit/index.ts';
import { compileSchedule } from './next-fire-time.ts';
import { createScheduler, type ScheduledEntry } from './scheduler.ts';

const cron = (expression: string, timezone = 'UTC') =>
  compileSchedule({ kind: 'cron', expression }, timezone, 'n');

/** A clock whose wall time jumps without its timers, as in sleep; `tick` lets the pending timer fire. */
class JumpingClock {
  time: number;
  #timer: (() => void) | undefined;

  constructor(start: string) {
    this.time = Date.parse(start);
  }
  now = () => this.time;
  monotonic = () => this.time;
  schedule = (_delay: number, callback: () => void) => {
    this.#timer = callback;
    return () => undefined;
  };
  jump(to: string) {
    this.time = Date.parse(to);
    this.#timer?.();
  }
}

function entryOf(fired: string[], name: string, next: ScheduledEntry['next'], after: number): ScheduledEntry {
  return {
    next,
    missed: 'last',
    after,
    fire: (slots) =>
      fired.push(...slots.map((slot) => `${name} ${new Date(slot).toISOString().slice(5, 16)}`)),
  };
}

function rig(start: string) {
  const clock = new FakeClock(Date.parse(start));
  const fired: string[] = [];
  const scheduler = createScheduler(clock);
  const entry = (name: string, next: ScheduledEntry['next']) => entryOf(fired, name, next, clock.now());
  return { clock, fired, scheduler, entry };
}

describe('createScheduler', () => {
  it('fires each slot once, in order, until its owner is removed', async () => {
    const { clock, fired, scheduler, entry } = rig('2026-01-01T00:00:30Z');
    scheduler.replace('A', [entry('a', cron('*/2 * * * *')), entry('a', cron('3 * * * *'))]);
    scheduler.replace('B', [entry('b', cron('4 * * * *'))]);
    await clock.advance(3 * 60_000);
    expect(fired).toEqual(['a 01-01T00:02', 'a 01-01T00:03']);
    scheduler.remove('A');
    await clock.advance(60 * 60_000);
    expect(fired.slice(2)).toEqual(['b 01-01T00:04']);
    scheduler.stop();
    await clock.advance(60 * 60_000);
    expect(fired).toHaveLength(3);
  });

  it('keeps a daily time across the begin of summer time', async () => {
    const { clock, fired, scheduler, entry } = rig('2026-03-28T12:00:00Z');
    scheduler.replace('A', [entry('berlin', cron('0 9 * * *', 'Europe/Berlin'))]);
    await clock.advance(2 * 86_400_000);
    expect(fired).toEqual(['berlin 03-29T07:00', 'berlin 03-30T07:00']);
  });

  it('does not lose a slot that is due while its entry is replaced', () => {
    const clock = new JumpingClock('2026-01-01T00:00:59Z');
    const fired: string[] = [];
    const scheduler = createScheduler(clock);
    scheduler.replace('A', [entryOf(fired, 'old', cron('* * * * *'), clock.now())]);
    clock.time = Date.parse('2026-01-01T00:01:01Z');
    scheduler.replace('A', [entryOf(fired, 'new', cron('* * * * *'), clock.now())]);
    clock.jump('2026-01-01T00:02:00Z');
    expect(fired).toEqual(['old 01-01T00:01', 'new 01-01T00:02']);
  });

  const missed: Array<[MissedSlots, string[]]> = [
    ['skip', ['nap 01-01T07:00']],
    ['last', ['nap 01-01T05:00', 'nap 01-01T07:00']],
    ['all', ['03', '04', '05', '07'].map((hour) => `nap 01-01T${hour}:00`)],
  ];
  it.each(missed)('treats slots missed in sleep as told: %s', (policy, expected) => {
    const clock = new JumpingClock('2026-01-01T02:30:00Z');
    const fired: string[] = [];
    const scheduler = createScheduler(clock);
    const entry = entryOf(fired, 'nap', cron('0 3-5,7 * * *'), clock.now());
    scheduler.replace('A', [{ ...entry, missed: policy }]);
    clock.jump('2026-01-01T06:20:00Z');
    clock.jump('2026-01-01T06:20:00Z');
    // Half a minute late is not missed.
    clock.jump('2026-01-01T07:00:30Z');
    expect(fired).toEqual(expected);
  });

  it.each(missed)('treats slots missed before the start as told: %s', (policy, expected) => {
    const clock = new JumpingClock('2026-01-01T06:20:00Z');
    const fired: string[] = [];
    const scheduler = createScheduler(clock);
    const entry = entryOf(fired, 'nap', cron('0 3-5,7 * * *'), Date.parse('2026-01-01T02:59:59Z'));
    scheduler.replace('A', [{ ...entry, missed: policy }]);
    clock.jump('2026-01-01T06:20:00Z');
    clock.jump('2026-01-01T07:00:00Z');
    expect(fired).toEqual(expected);
  });

  it('makes up for a hundred slots at most, the latest, and finds them fast after years', () => {
    const clock = new JumpingClock('2020-01-01T00:00:00Z');
    const fired: number[] = [];
    const scheduler = createScheduler(clock);
    let asked = 0;
    scheduler.replace('A', [
      {
        next: (after) => {
          asked += 1;
          return (Math.floor(after / 1000) + 1) * 1000;
        },
        missed: 'all',
        after: clock.now(),
        fire: (slots) => fired.push(...slots),
      },
    ]);
    clock.jump('2026-01-01T00:00:00Z');
    expect(fired).toHaveLength(100);
    expect(fired.at(-1)).toBe(Date.parse('2026-01-01T00:00:00Z'));
    expect(fired[0]).toBe(Date.parse('2025-12-31T23:58:21Z'));
    expect(asked).toBeLessThan(1000);
  });

  it('goes on at once after a clock that was ahead is put right', () => {
    const clock = new JumpingClock('2026-01-01T00:00:30Z');
    const fired: string[] = [];
    const scheduler = createScheduler(clock);
    scheduler.replace('A', [entryOf(fired, 'a', cron('*/5 * * * *'), clock.now())]);
    clock.jump('2026-06-01T00:05:00Z');
    clock.jump('2026-01-01T00:01:00Z');
    clock.jump('2026-01-01T00:05:00Z');
    expect(fired).toEqual(['a 06-01T00:05', 'a 01-01T00:05']);
  });
});
