import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { wait } from './wait.node.ts';

const START = Date.UTC(2026, 0, 1);
const input = items({ n: 1 }, { n: 2 });
const passed = [
  { json: { n: 1 }, pairedItem: { item: 0 } },
  { json: { n: 2 }, pairedItem: { item: 1 } },
];

describe('wait', () => {
  it('asks to go on after an interval, with its items', async () => {
    const result = await runNode(wait, { parameters: { amount: 2, unit: 'minutes' }, items: input });
    expect(result.wait).toEqual({ until: START + 120_000 });
    expect(result.ports).toEqual([passed]);
  });

  it('waits for a date-time in the time zone of the workflow', async () => {
    const parameters = { until: 'date-time', dateTime: '2026-01-01T12:00' };
    const result = await runNode(wait, { parameters, items: input, timezone: 'Asia/Shanghai' });
    expect(result.wait).toEqual({ until: START + 4 * 3_600_000 });
  });

  it('goes on at once when the time is past', async () => {
    const result = await runNode(wait, {
      parameters: { until: 'date-time', dateTime: '2020-01-01' },
      items: input,
    });
    expect(result.wait).toBeUndefined();
    expect(result.ports).toEqual([passed]);
  });

  it('refuses what is not a date', async () => {
    await expect(
      runNode(wait, { parameters: { until: 'date-time', dateTime: 'soon' }, items: input }),
    ).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
