import { expect, it } from 'vitest';
import { WorkflowDocument } from '../../contract/index.ts';
import type { StartRequest } from '../execution/index.ts';
import { silentLogger } from '../kernel/index.ts';
import { createSchedules } from './schedules.ts';

const HOUR = 3_600_000;

/** Schedules every hour on a clock that jumps; storage says how far others have come. */
async function slept(hours: number, handledByOthers: number): Promise<number[]> {
  let now = 0;
  let wake: () => void = () => undefined;
  const started: number[] = [];
  const schedules = createSchedules({
    clock: {
      now: () => now,
      monotonic: () => now,
      schedule: (_delay, callback) => {
        wake = callback;
        return () => undefined;
      },
    },
    logger: silentLogger,
    schedules: {
      lastSlots: () => Promise.resolve(new Map([['n', handledByOthers]])),
      begin: () => Promise.resolve(),
    },
    executions: {
      start: (request: StartRequest) => {
        started.push(Number(request.slot?.at) / HOUR);
        return Promise.reject(new Error('no part of this test'));
      },
      findWait: () => Promise.resolve(null),
      resume: () => Promise.reject(new Error('no part of this test')),
      decide: () => Promise.reject(new Error('no part of this test')),
    },
    onTriggerFailure: () => undefined,
  });
  const document = WorkflowDocument.parse({
    name: 'W',
    nodes: [{ id: 'n', name: 'N', type: 'schedule-trigger' }],
  });
  schedules.replace(
    { id: 'w', name: 'W', version: 1, document },
    [
      {
        node: document.nodes[0]!,
        next: (after) => (Math.floor(after / HOUR) + 1) * HOUR,
        missed: 'all',
      },
    ],
    new Map([['n', 0]]),
  );
  now = hours * HOUR;
  wake();
  await new Promise((resolve) => setImmediate(resolve));
  return started;
}

it('makes up for what nobody handled, and not for what another process did meanwhile', async () => {
  expect(await slept(4, 0)).toEqual([1, 2, 3, 4]);
  expect(await slept(72, 70 * HOUR)).toEqual([71, 72]);
  // A slot of the future was handled by a clock that was ahead.
  expect(await slept(2, 9 * HOUR)).toEqual([1, 2]);
});
