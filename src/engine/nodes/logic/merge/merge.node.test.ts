import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import type { Item } from '../../../../contract/index.ts';
import { merge } from './merge.node.ts';
import { query } from './query.task.ts';

const people = items({ id: 1, name: 'Ann' }, { id: 2, name: 'Bob' }, { name: 'nobody' });
const orders = items({ id: 2, sum: 5 }, { id: 2, sum: 7 }, { id: '1', sum: 3 }, { id: 9, sum: 1 });

async function run(parameters: Record<string, unknown>, inputs: Item[][] = [people, orders]) {
  const { ports } = await runNode(merge, { parameters, inputs });
  return ports[0] ?? [];
}
const jsons = (list: Item[]) => list.map(({ json }) => json);

describe('merge', () => {
  it('appends any number of inputs, with lineage to each', async () => {
    expect(await run({ inputs: 3 }, [items({ a: 1 }), [], items({ c: 1 })])).toEqual([
      { json: { a: 1 }, pairedItem: { item: 0 } },
      { json: { c: 1 }, pairedItem: { item: 0, input: 2 } },
    ]);
  });

  it('combines by a query', async () => {
    const { ports } = await runNode(merge, {
      parameters: { mode: 'sql', query: 'SELECT name, sum FROM input1 JOIN input2 USING (id)' },
      inputs: [people, orders],
      tasks: { query },
    });
    expect(ports[0]).toEqual([{ json: { name: 'Bob', sum: 5 } }, { json: { name: 'Bob', sum: 7 } }]);
  });

  it('combines by position', async () => {
    const inputs = [items({ a: 1 }, { a: 2 }), items({ b: 1 })];
    expect(await run({ mode: 'by-position' }, inputs)).toEqual([
      { json: { a: 1, b: 1 }, pairedItem: [{ item: 0 }, { item: 0, input: 1 }] },
    ]);
    expect(jsons(await run({ mode: 'by-position', includeUnpaired: true }, inputs))).toEqual([
      { a: 1, b: 1 },
      { a: 2 },
    ]);
  });

  const by = (over: Record<string, unknown>) => ({ mode: 'by-key', fields: [{ first: 'id' }], ...over });

  it('joins by fields', async () => {
    expect(await run(by({}))).toEqual([
      { json: { id: 2, name: 'Bob', sum: 5 }, pairedItem: [{ item: 1 }, { item: 0, input: 1 }] },
      { json: { id: 2, name: 'Bob', sum: 7 }, pairedItem: [{ item: 1 }, { item: 1, input: 1 }] },
    ]);
    expect(await run(by({ multipleMatches: 'first' }))).toHaveLength(1);
  });

  it.each([
    [
      'left',
      {},
      [
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob', sum: 5 },
        { id: 2, name: 'Bob', sum: 7 },
        { name: 'nobody' },
      ],
    ],
    [
      'right',
      {},
      [
        { id: 2, name: 'Bob', sum: 5 },
        { id: 2, name: 'Bob', sum: 7 },
        { id: '1', sum: 3 },
        { id: 9, sum: 1 },
      ],
    ],
    ['anti', {}, [{ id: 1, name: 'Ann' }, { name: 'nobody' }, { id: '1', sum: 3 }, { id: 9, sum: 1 }]],
    ['anti', { keep: 'first' }, [{ id: 1, name: 'Ann' }, { name: 'nobody' }]],
    [
      'inner',
      { keep: 'second' },
      [
        { id: 2, sum: 5 },
        { id: 2, sum: 7 },
      ],
    ],
    ['inner', { keep: 'first' }, [{ id: 2, name: 'Bob' }]],
  ])('join %s %j', async (join, over, expected) => {
    expect(jsons(await run(by({ join, ...over })))).toEqual(expected);
  });

  it('keeps everything in an outer join', async () => {
    expect(await run(by({ join: 'outer' }))).toHaveLength(6);
  });

  it('matches whatever the type when told to', async () => {
    expect(jsons(await run(by({ looseKeys: true })))[0]).toEqual({ id: '1', name: 'Ann', sum: 3 });
  });

  it('matches by several fields, also deep ones', async () => {
    const fields = [{ first: 'a.b', second: 'x' }, { first: 'c' }];
    const inputs = [
      items({ a: { b: 1 }, c: 2 }),
      items({ x: 1, c: 2, hit: true }, { x: 1, c: 3, hit: false }),
    ];
    expect(jsons(await run({ mode: 'by-key', fields }, inputs))).toEqual([
      { a: { b: 1 }, c: 2, x: 1, hit: true },
    ]);
  });

  const clashing = [items({ a: 1, o: { x: 1, y: 1 } }), items({ a: 2, o: { y: 2 }, b: 2 })];
  it.each([
    [{ clash: 'prefer-last' }, { a: 2, o: { x: 1, y: 2 }, b: 2 }],
    [{ clash: 'prefer-first' }, { a: 1, o: { x: 1, y: 1 }, b: 2 }],
    [
      { clash: 'prefer-last', nested: 'shallow' },
      { a: 2, o: { y: 2 }, b: 2 },
    ],
    [{ clash: 'suffix' }, { a_1: 1, a_2: 2, o_1: { x: 1, y: 1 }, o_2: { y: 2 }, b: 2 }],
  ])('settles clashes: %j', async (rules, expected) => {
    expect(jsons(await run({ mode: 'combinations', ...rules }, clashing))).toEqual([expected]);
    expect(clashing[0]?.[0]?.json).toEqual({ a: 1, o: { x: 1, y: 1 } });
  });

  it('makes all combinations', async () => {
    const merged = await run({ mode: 'combinations' }, [
      items({ a: 1 }, { a: 2 }),
      items({ b: 1 }, { b: 2 }),
    ]);
    expect(jsons(merged)).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 2, b: 2 },
    ]);
    expect(merged[2]?.pairedItem).toEqual([{ item: 1 }, { item: 0, input: 1 }]);
  });

  it('refuses more combinations than memory holds', async () => {
    const many = Array.from({ length: 2000 }, (_, n): Item => ({ json: { n } }));
    await expect(run({ mode: 'combinations' }, [many, many])).rejects.toThrow('4000000 combinations');
  });

  it('keeps one input once all have come', async () => {
    expect(await run({ mode: 'choose-branch', branch: 2 }, [items({ a: 1 }), items({ b: 1 })])).toEqual([
      { json: { b: 1 }, pairedItem: { item: 0, input: 1 } },
    ]);
    await expect(run({ mode: 'choose-branch', branch: 3 })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
  });
});
