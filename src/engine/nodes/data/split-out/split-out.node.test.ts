import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { splitOut } from './split-out.node.ts';

const json = {
  id: 1,
  tags: ['a', 'b'],
  rows: [{ n: 1 }, { n: 2 }],
  deep: { list: [1, 2, 3] },
  map: { x: 1, y: 2 },
};
const split = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(splitOut, { parameters, items: items({ none: true }, json) });
  return ports[0] ?? [];
};

describe('split-out', () => {
  it('makes items of objects and of plain values, with lineage', async () => {
    expect(await split({ fields: [{ field: 'rows' }] })).toEqual([
      { json: { n: 1 }, pairedItem: { item: 1 } },
      { json: { n: 2 }, pairedItem: { item: 1 } },
    ]);
    expect(
      (await split({ fields: [{ field: 'tags', destination: 'tag' }] })).map((item) => item.json),
    ).toEqual([{ tag: 'a' }, { tag: 'b' }]);
    expect((await split({ fields: [{ field: 'map' }] })).map((item) => item.json)).toEqual([
      { map: 1 },
      { map: 2 },
    ]);
  });

  it('keeps other fields where asked to', async () => {
    const fields = [{ field: 'deep.list', destination: 'n' }];
    const selected = await split({ fields, include: 'selected', includeFields: [{ field: 'id' }] });
    expect(selected.map((item) => item.json)).toEqual([
      { id: 1, n: 1 },
      { id: 1, n: 2 },
      { id: 1, n: 3 },
    ]);
    const all = await split({ fields, include: 'all' });
    expect(all[0]?.json).toEqual({ id: 1, tags: json.tags, rows: json.rows, map: json.map, deep: {}, n: 1 });
  });

  it('takes several lists side by side', async () => {
    const output = await split({ fields: [{ field: 'tags' }, { field: 'deep.list', destination: 'n' }] });
    expect(output.map((item) => item.json)).toEqual([
      { tags: 'a', n: 1 },
      { tags: 'b', n: 2 },
      { tags: null, n: 3 },
    ]);
  });
});
