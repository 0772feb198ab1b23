import { describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { compileSchedule } from './next-fire-time.ts';
import { createScheduler } from './scheduler.ts';

const cron = (expression: string, timezone = 'UTC') =>
  compileSchedule({ kind: 'cron', expression }, timezone, 'n');

function rig(start: string) {
  const clock = new FakeClock(Date.parse(start));
  const fired: string[] = [];
  const scheduler = createScheduler(clock);
  const entry = (owner: string, next: ReturnType<typeof cron>) => ({
    owner,
    next,
    fire: (slot: number) => fired.push(`${owner} ${new Date(slot).toISOString().slice(0, 16)}`),
  });
  return { clock, fired, scheduler, entry };
}

describe('createScheduler', () => {
  it('fires each slot once, in order, until its owner is removed', async () => {
    const { clock, fired, scheduler, entry } = rig('2026-01-01T00:00:30Z');
    scheduler.add([entry('a', cron('*/2 * * * *')), entry('a', cron('3 * * * *'))]);
    scheduler.add([entry('b', cron('4 * * * *'))]);
    await clock.advance(3 * 60_000);
    expect(fired).toEqual(['a 2026-01-01T00:02', 'a 2026-01-01T00:03']);
    scheduler.remove('a');
    await clock.advance(60 * 60_000);
    expect(fired.slice(2)).toEqual(['b 2026-01-01T00:04']);
    scheduler.stop();
    await clock.advance(60 * 60_000);
    expect(fired).toHaveLength(3);
  });

  it('keeps a daily time across the begin of summer time', async () => {
    const { clock, fired, scheduler, entry } = rig('2026-03-28T12:00:00Z');
    scheduler.add([entry('berlin', cron('0 9 * * *', 'Europe/Berlin'))]);
    await clock.advance(2 * 86_400_000);
    expect(fired).toEqual(['berlin 2026-03-29T07:00', 'berlin 2026-03-30T07:00']);
  });

  it('fires the latest slot once after the machine slept', async () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    const { fired, entry } = rig('2026-01-01T00:00:00Z');
    let now = start;
    let timer: (() => void) | undefined;
    const sleepy = createScheduler({
      now: () => now,
      monotonic: () => now,
      schedule: (_delay, callback) => {
        timer = callback;
        return () => undefined;
      },
    });
    sleepy.add([entry('nap', cron('0 * * * *'))]);
    now += 5.5 * 3_600_000;
    timer?.();
    now += 72.25 * 3_600_000;
    timer?.();
    timer?.();
    expect(fired).toEqual(['nap 2026-01-01T05:00', 'nap 2026-01-04T05:00']);
  });
});
