import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { compareDatasetsNode } from './compare-datasets.node.ts';

type Json = Record<string, unknown>;

const run = async (first: Json[], second: Json[], parameters: Json) => {
  const { ports } = await runNode(compareDatasetsNode, {
    parameters: { keys: [{ first: 'id', second: '' }], ...parameters },
    inputs: [items(...first), items(...second)],
  });
  return ports.map((port) => port.map(({ json }) => json));
};

describe('compare-datasets', () => {
  const first = [
    { id: 1, n: 1 },
    { id: 2, n: 2 },
    { id: 3, n: 3 },
  ];
  const second = [
    { id: 2, n: 2 },
    { id: 3, n: 4, x: 'new' },
    { id: 4, n: 5 },
  ];

  it('parts items by where they are and whether they differ', async () => {
    expect(await run(first, second, {})).toEqual([
      [{ id: 1, n: 1 }],
      [{ id: 2, n: 2 }],
      [
        {
          keys: { id: 3 },
          same: { id: 3 },
          different: { n: { inputA: 3, inputB: 4 }, x: { inputA: null, inputB: 'new' } },
        },
      ],
      [{ id: 4, n: 5 }],
    ]);
  });

  it('gives one side or a mix of what differs', async () => {
    expect((await run(first, second, { different: 'first' }))[2]).toEqual([{ id: 3, n: 3 }]);
    expect((await run(first, second, { different: 'second' }))[2]).toEqual([{ id: 3, n: 4, x: 'new' }]);
    const mix = { different: 'mix', prefer: 'first', except: [{ field: 'x' }] };
    expect((await run(first, second, mix))[2]).toEqual([{ id: 3, n: 3, x: 'new' }]);
  });

  it('leaves out fields that do not count, also within others, and shows them apart', async () => {
    const a = { id: 1, data: { age: 1, name: 'Ann' } };
    const b = { id: 1, data: { age: 2, name: 'Bob' } };
    const [, , different] = await run([a], [b], { skip: [{ field: 'data.age' }] });
    expect(different).toEqual([
      {
        keys: { id: 1 },
        same: { id: 1 },
        different: { data: { inputA: { name: 'Ann' }, inputB: { name: 'Bob' } } },
        skipped: { data: { inputA: { age: 1 }, inputB: { age: 2 } } },
      },
    ]);
    const [, same] = await run([a], [b], { skip: [{ field: 'data' }] });
    expect(same).toEqual([a]);
  });

  it.each([
    [1, '1'],
    [true, 'True'],
    [1, true],
    ['0', false],
    [null, ''],
    [[], ''],
    [[1, 2], '[1,2]'],
    [{ a: 1 }, '{"a": 1}'],
    [null, undefined],
  ])('takes %j and %j for the same where it compares loosely', async (a, b) => {
    const [, same, different] = await run([{ id: '7', v: a }], [{ id: 7, v: b }], { loose: true });
    expect(same).toHaveLength(1);
    expect(different).toEqual([]);
    expect((await run([{ id: 7, v: a }], [{ id: 7, v: b }], {}))[2]).toHaveLength(1);
  });

  it('pairs with the first match or with all, and an item without a key with none', async () => {
    const many = [{ id: 1, n: 1 }, { id: 1, n: 2 }, { n: 3 }];
    const [, same, , onlySecond] = await run([{ id: 1, n: 1 }], many, {});
    expect([same, onlySecond]).toEqual([[{ id: 1, n: 1 }], [{ id: 1, n: 2 }, { n: 3 }]]);
    const all = await run([{ id: 1, n: 1 }], many, { multipleMatches: 'all', different: 'second' });
    expect(all.slice(1)).toEqual([[{ id: 1, n: 1 }], [{ id: 1, n: 2 }], [{ n: 3 }]]);
  });
});
