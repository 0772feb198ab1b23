import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { aggregate } from './aggregate.node.ts';

const input = items({ id: 1, deep: { tag: ['a'] } }, { id: null, deep: { tag: ['b', 'c'] } }, { id: 3 });
const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(aggregate, { parameters, items: input });
  return ports[0];
};

describe('aggregate', () => {
  it('collects single fields into lists, descending from all items', async () => {
    const fields = [{ field: 'id', renameTo: 'ids' }, { field: 'deep.tag' }];
    expect(await run({ fields })).toEqual([
      {
        json: { ids: [1, 3], tag: [['a'], ['b', 'c']] },
        pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
      },
    ]);
  });

  it('keeps missing values as null, and joins lists', async () => {
    const output = await run({
      fields: [{ field: 'id' }, { field: 'deep.tag' }],
      keepMissing: true,
      mergeLists: true,
    });
    expect(output?.[0]?.json).toEqual({ id: [1, null, 3], tag: ['a', 'b', 'c', null] });
  });

  it('refuses two lists of one name', async () => {
    await expect(run({ fields: [{ field: 'a.id' }, { field: 'b.id' }] })).rejects.toThrow('rename one');
  });

  it('collects all data, or some of it', async () => {
    expect((await run({ mode: 'all-items' }))?.[0]?.json).toEqual({ data: input.map(({ json }) => json) });
    const some = {
      mode: 'all-items',
      destination: 'out.rows',
      include: 'selected',
      includeFields: [{ field: 'id' }],
    };
    expect((await run(some))?.[0]?.json).toEqual({ out: { rows: [{ id: 1 }, { id: null }, { id: 3 }] } });
  });
});
