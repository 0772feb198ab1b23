import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { removeDuplicates } from './remove-duplicates.node.ts';

const given = items(
  { id: 1, at: { city: 'A', no: 1 } },
  { at: { no: 1, city: 'A' }, id: 1 },
  { id: 1, at: { city: 'B' } },
  { id: 2 },
);
const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(removeDuplicates, { parameters, items: given });
  return ports.map((port) => port.map(({ pairedItem }) => (pairedItem as { item: number }).item));
};

describe('remove-duplicates', () => {
  it('keeps the first of items that are the same, however their fields are ordered', async () => {
    expect(await run({})).toEqual([[0, 2, 3], [1]]);
  });

  it('compares chosen fields, or all but some', async () => {
    expect(await run({ compare: 'selected', fields: [{ field: 'id' }] })).toEqual([
      [0, 3],
      [1, 2],
    ]);
    expect(await run({ compare: 'except', fields: [{ field: 'at' }] })).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('passes on only what was compared when told to', async () => {
    const parameters = { compare: 'selected', fields: [{ field: 'at.city' }], onlyCompared: true };
    const { ports } = await runNode(removeDuplicates, { parameters, items: given });
    expect(ports[0]?.map(({ json }) => json)).toEqual([{ at: { city: 'A' } }, { at: { city: 'B' } }, {}]);
  });
});

describe('remove-duplicates across executions', () => {
  const execute = async (
    kept: Map<string, unknown>,
    values: unknown[],
    more: Record<string, unknown> = {},
  ) => {
    const { ports } = await runNode(removeDuplicates, {
      parameters: (index) => ({ operation: 'earlier', value: String(values[index]), ...more }),
      items: items(...values.map((v) => ({ v }))),
      kept,
    });
    return ports.map((port) => port.map(({ json }) => json['v']));
  };

  it('lets a value through once', async () => {
    const kept = new Map<string, unknown>();
    expect(await execute(kept, ['a', 'b', 'a'])).toEqual([['a', 'b'], ['a']]);
    expect(await execute(kept, ['b', 'c'])).toEqual([['c'], ['b']]);
    expect(await execute(kept, ['a'], { scope: 'workflow' })).toEqual([['a'], []]);
    expect(await execute(kept, ['a', 'b'], { operation: 'clear' })).toEqual([['a', 'b'], []]);
    expect(await execute(kept, ['a'])).toEqual([['a'], []]);
    expect(JSON.stringify([...kept])).not.toContain('"a"');
  });

  it('forgets the oldest beyond the size of its history', async () => {
    const kept = new Map<string, unknown>();
    await execute(kept, ['a', 'b', 'c'], { historySize: 2 });
    expect(await execute(kept, ['a', 'b', 'c'])).toEqual([['a'], ['b', 'c']]);
  });

  it('lets through what is greater or later than all before', async () => {
    const kept = new Map<string, unknown>();
    const number = { rule: 'number' };
    expect(await execute(kept, [3, 10], number)).toEqual([[3, 10], []]);
    expect(await execute(kept, [9, 11], number)).toEqual([[11], [9]]);
    const dates = new Map<string, unknown>();
    const date = { rule: 'date' };
    await execute(dates, ['2026-01-02'], date);
    expect(await execute(dates, ['2026-01-02T00:00:00Z', '2026-01-03'], date)).toEqual([
      ['2026-01-03'],
      ['2026-01-02T00:00:00Z'],
    ]);
    await expect(execute(dates, ['soon'], date)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
