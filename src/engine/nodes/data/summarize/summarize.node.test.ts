import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { summarizeNode } from './summarize.node.ts';

const sales = items(
  { city: 'A', kind: 'x', price: 10, at: '2026-01-02' },
  { city: 'B', kind: 'x', price: 5, at: '2026-01-01' },
  { city: 'A', kind: 'y', price: 20, at: '2026-01-03' },
  { city: 'A', kind: 'x', price: null, at: '' },
);
const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(summarizeNode, { parameters, items: sales });
  return ports[0] ?? [];
};
const all = (field: string, ...aggregations: string[]) =>
  aggregations.map((aggregation) => ({ aggregation, field }));

describe('summarize', () => {
  it('sums up all items, with those it came from', async () => {
    const summaries = [
      ...all('price', 'sum', 'average', 'max', 'min', 'count', 'append'),
      ...all('at', 'max', 'min'),
      { aggregation: 'concatenate', field: 'city', separator: '+' },
      ...all('city', 'count-unique'),
    ];
    expect(await run({ summaries })).toEqual([
      {
        json: {
          sum_price: 35,
          average_price: 35 / 3,
          max_price: 20,
          min_price: 5,
          count_price: 3,
          appended_price: [10, 5, 20],
          max_at: '2026-01-03',
          min_at: '2026-01-01',
          concatenated_city: 'A+B+A+A',
          unique_count_city: 2,
        },
        pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }],
      },
    ]);
  });

  it('gives an item per group, in the order they come up', async () => {
    const groups = await run({
      summaries: all('price', 'sum'),
      groupBy: [{ field: 'city' }, { field: 'kind' }],
    });
    expect(groups).toEqual([
      { json: { city: 'A', kind: 'x', sum_price: 10 }, pairedItem: [{ item: 0 }, { item: 3 }] },
      { json: { city: 'A', kind: 'y', sum_price: 20 }, pairedItem: [{ item: 2 }] },
      { json: { city: 'B', kind: 'x', sum_price: 5 }, pairedItem: [{ item: 1 }] },
    ]);
  });

  it('nests the groups in one item when told to', async () => {
    const groupBy = [{ field: 'city' }, { field: 'kind' }];
    const [item] = await run({ summaries: all('price', 'count'), groupBy, output: 'one-item' });
    expect(item?.json).toEqual({
      A: { x: { count_price: 1 }, y: { count_price: 1 } },
      B: { x: { count_price: 1 } },
    });
  });

  it('says when no item has the field, where that is asked for', async () => {
    const parameters = { summaries: all('typo', 'sum') };
    expect((await run(parameters))[0]?.json).toEqual({ sum_typo: 0 });
    await expect(run({ ...parameters, missing: 'fail' })).rejects.toMatchObject({
      code: 'FIELD_MISSING',
      facts: { field: 'typo' },
    });
  });
});
