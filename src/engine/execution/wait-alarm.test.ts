import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import type { DueWait } from '../storage/index.ts';
import { WaitAlarm } from './wait-alarm.ts';

const settle = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Rows as storage has them; a row goes when its execution is woken. */
function rig(rows: DueWait[], wake: (id: string) => Promise<unknown> = () => Promise.resolve()) {
  const clock = new FakeClock();
  const woken: string[] = [];
  let asleep = [...rows].sort((a, b) => a.dueAt - b.dueAt || (a.executionId < b.executionId ? -1 : 1));
  let awake = 0;
  let most = 0;
  const alarm = new WaitAlarm({
    clock,
    logger: pino({ level: 'silent' }),
    store: {
      dueWaits: ({ until, after, limit }) =>
        Promise.resolve(
          asleep
            .filter(({ dueAt }) => dueAt <= until)
            .filter(
              ({ dueAt, executionId }) =>
                !after || dueAt > after.dueAt || (dueAt === after.dueAt && executionId > after.executionId),
            )
            .slice(0, limit),
        ),
      nextDue: (after) => Promise.resolve(asleep.find(({ dueAt }) => dueAt > after)?.dueAt ?? null),
    },
    wake: async (id) => {
      awake += 1;
      most = Math.max(most, awake);
      await new Promise((resolve) => setImmediate(resolve));
      awake -= 1;
      await wake(id);
      asleep = asleep.filter(({ executionId }) => executionId !== id);
      woken.push(id);
    },
  });
  return { clock, alarm, woken, most: () => most, add: (row: DueWait) => asleep.push(row) };
}

describe('the alarm of waits', () => {
  it('wakes everything that became due while the engine was off, some at a time', async () => {
    const now = new FakeClock().now();
    const rows = Array.from({ length: 450 }, (_, n) => ({ executionId: `e${n}`, dueAt: now - (n % 7) }));
    const { alarm, woken, most, clock } = rig(rows);
    alarm.set(now - 6);
    await clock.advance(0);
    await settle();
    expect(new Set(woken).size).toBe(450);
    expect(woken).toHaveLength(450);
    expect(most()).toBeLessThanOrEqual(16);
    await alarm.stop();
  });

  it('rings for the earliest, and again for the next', async () => {
    const { alarm, woken, clock, add } = rig([
      { executionId: 'late', dueAt: new FakeClock().now() + 5000 },
      { executionId: 'early', dueAt: new FakeClock().now() + 1000 },
    ]);
    const now = clock.now();
    alarm.set(now + 5000);
    alarm.set(now + 1000);
    await clock.advance(1000);
    await settle();
    expect(woken).toEqual(['early']);
    add({ executionId: 'soon', dueAt: now + 2000 });
    alarm.set(now + 2000);
    await clock.advance(1000);
    await settle();
    await clock.advance(3000);
    await settle();
    expect(woken).toEqual(['early', 'soon', 'late']);
    await alarm.stop();
  });

  it('tries again what could not go on', async () => {
    let failures = 0;
    const now = new FakeClock().now();
    const { alarm, woken, clock } = rig([{ executionId: 'e1', dueAt: now }], () =>
      failures++ === 0 ? Promise.reject(new Error('disk full')) : Promise.resolve(),
    );
    alarm.set(now);
    await clock.advance(0);
    await settle();
    expect(woken).toEqual([]);
    await clock.advance(60_000);
    await settle();
    expect(woken).toEqual(['e1']);
    await alarm.stop();
  });

  it('wakes nothing once it is stopped', async () => {
    const now = new FakeClock().now();
    const { alarm, woken, clock } = rig([{ executionId: 'e1', dueAt: now + 10 }]);
    alarm.set(now + 10);
    await alarm.stop();
    await clock.advance(60_000);
    await settle();
    expect(woken).toEqual([]);
  });
});
