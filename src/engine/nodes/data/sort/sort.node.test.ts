import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { sort } from './sort.node.ts';
import { shuffledOrder } from './sorted-order.ts';

const sorted = async (values: unknown[], order: 'asc' | 'desc' = 'asc', caseSensitive = false) => {
  const parameters = { fields: [{ field: 'v', order }], caseSensitive };
  const { ports } = await runNode(sort, { parameters, items: items(...values.map((v) => ({ v }))) });
  return (ports[0] ?? []).map(({ json }) => json['v']);
};

describe('sort', () => {
  it('sorts numbers by size, texts without a locale, missing values last', async () => {
    expect(await sorted([10, null, 9, 'b', 'A', undefined, true])).toEqual([
      9,
      10,
      true,
      'A',
      'b',
      null,
      undefined,
    ]);
    expect(await sorted([1, null, 3], 'desc')).toEqual([3, 1, null]);
    expect(await sorted(['2026-02-01', '2025-12-31'])).toEqual(['2025-12-31', '2026-02-01']);
  });

  it('looks at case when told to', async () => {
    expect(await sorted(['a', 'B', 'A'])).toEqual(['A', 'a', 'B']);
    expect(await sorted(['a', 'B', 'A'], 'asc', true)).toEqual(['A', 'B', 'a']);
  });

  it('sorts by several fields, keeps equal items in order, and keeps lineage', async () => {
    const input = items(
      { a: 1, b: { c: 1 } },
      { a: 2, b: { c: 1 } },
      { a: 1, b: { c: 2 } },
      { a: 1, b: { c: 2 }, second: true },
    );
    const fields = [{ field: 'b.c', order: 'desc' }, { field: 'a' }];
    const { ports } = await runNode(sort, { parameters: { fields }, items: input });
    expect(ports[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
      { item: 2 },
      { item: 3 },
      { item: 0 },
      { item: 1 },
    ]);
  });

  it('says when no item has the field', async () => {
    const { logs } = await runNode(sort, {
      parameters: { fields: [{ field: 'typo' }] },
      items: items({ a: 1 }),
    });
    expect(logs).toMatchObject([{ level: 'warn', text: 'No item has the field "typo".' }]);
  });

  it('shuffles without losing items', async () => {
    const { ports } = await runNode(sort, {
      parameters: { mode: 'random' },
      items: items({ v: 1 }, { v: 2 }, { v: 3 }),
    });
    expect(ports[0]?.map(({ json }) => json['v']).sort()).toEqual([1, 2, 3]);
    expect(shuffledOrder(4, () => 0)).toEqual([1, 2, 3, 0]);
  });
});
