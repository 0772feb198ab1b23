import { expect, it } from 'vitest';
import type { WorkflowVersion } from '../../../contract/index.ts';
import { groupByDay } from './group-by-day.ts';

const at = (...time: [year: number, month: number, day: number, hour: number, minute: number]) =>
  new Date(...time).getTime();
const version = (number: number, createdAt: number): WorkflowVersion => ({
  ...{ workflowId: 'w', version: number, kind: 'automatic', name: '', note: '', workflowName: 'W' },
  ...{ nodeCount: 1, published: false, createdAt },
});

it('puts versions under the day they were kept on, over the turn of the month', () => {
  const groups = groupByDay(
    [
      version(5, at(2026, 2, 1, 0, 5)),
      version(4, at(2026, 1, 28, 23, 59)),
      version(3, at(2026, 1, 28, 0, 0)),
      version(2, at(2026, 1, 27, 23, 59)),
      version(1, at(2025, 2, 1, 0, 5)),
    ],
    { now: at(2026, 2, 1, 8, 0), locale: 'en', today: 'Today', yesterday: 'Yesterday' },
  );
  expect(groups.map(({ label, versions }) => [label, ...versions.map((one) => one.version)])).toEqual([
    ['Today', 5],
    ['Yesterday', 4, 3],
    ['Friday, February 27, 2026', 2],
    ['Saturday, March 1, 2025', 1],
  ]);
});
