import { describe, expect, it } from 'vitest';
import { nodeType, createRig, nodes, wire } from './test-rig.ts';

const TRY = nodeType(
  'try',
  ({ items }) => ({ ports: [items.map((item, index) => ({ ...item, pairedItem: { item: index } })), []] }),
  {
    outputs: [
      { kind: 'main', name: 'try' },
      { kind: 'main', name: 'catch' },
    ],
    scope: { output: 0, catch: 1 },
  },
);
const TYPES = [TRY];

describe('try scopes', () => {
  it('drops the rest of the scope and sends one item about the failure to the other output', async () => {
    const rig = createRig(TYPES);
    const result = await rig.run(
      {
        nodes: nodes({ s: 'start', t: 'try', a: 'pass', b: 'boom', c: 'pass', h: 'pass' }),
        connections: wire('s>t', 't>a', 'a>b', 'b>c', 't.1>h'),
      },
      { input: [{ json: { n: 1 } }, { json: { n: 2 } }] },
    );
    expect(result.status).toBe('success');
    expect(rig.order()).not.toContain('c');
    expect(rig.outputs('h')).toEqual([
      [
        [
          {
            error: {
              message: 'boom',
              code: 'NODE_FAILED',
              node: 'b',
              runIndex: 0,
              details: { reason: 'boom' },
            },
            input: [{ n: 1 }, { n: 2 }],
          },
        ],
      ],
    ]);
  });

  it('fails as ever where nothing is connected to the other output', async () => {
    const rig = createRig(TYPES);
    const { status, error } = await rig.run({
      nodes: nodes({ s: 'start', t: 'try', b: 'boom' }),
      connections: wire('s>t', 't>b'),
    });
    expect({ status, node: error?.nodeName }).toEqual({ status: 'failed', node: 'b' });
  });

  it('lets the innermost scope catch, and the outer one what fails while handling', async () => {
    const rig = createRig(TYPES);
    const result = await rig.run({
      nodes: nodes({ s: 'start', outer: 'try', inner: 'try', b: 'boom', again: 'boom', h: 'pass' }),
      connections: wire('s>outer', 'outer>inner', 'inner>b', 'inner.1>again', 'outer.1>h'),
    });
    expect(result.status).toBe('success');
    expect(rig.outputs('h')).toMatchObject([[[{ error: { node: 'again' } }]]]);
  });

  it('leaves nodes that both outputs reach, and those reached from elsewhere, outside', async () => {
    for (const wires of [
      wire('s>t', 't>a', 't.1>h', 'a>b', 'h>b'),
      wire('s>t', 't>a', 'a>b', 's>b', 't.1>h'),
    ]) {
      const rig = createRig(TYPES);
      const { status } = await rig.run({
        nodes: nodes({ s: 'start', t: 'try', a: 'pass', h: 'pass', b: 'boom' }),
        connections: wires,
      });
      expect(status).toBe('failed');
    }
  });

  it('stops runs of the scope that are under way, and drops no others', async () => {
    const stopped: string[] = [];
    const slow = nodeType('slow', ({ signal }) => {
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          stopped.push('slow');
          reject(signal.reason as Error);
        }),
      );
    });
    const rig = createRig([...TYPES, slow]);
    const result = await rig.run({
      nodes: nodes({ s: 'start', t: 'try', slow: 'slow', b: 'boom', h: 'pass', other: 'pass' }),
      connections: wire('s>t', 's>other', 't>slow', 't>b', 't.1>h'),
    });
    expect({ status: result.status, stopped }).toEqual({ status: 'success', stopped: ['slow'] });
    expect(rig.order().toSorted()).toEqual(['b', 'h', 'other', 's', 'slow', 't', 't']);
  });

  it('catches each pass of a loop by itself', async () => {
    const rig = createRig([
      ...TYPES,
      nodeType('odd', ({ items }) => {
        if ((items[0]?.json.n as number) % 2 === 1) throw new Error('odd');
        return [...items];
      }),
      nodeType(
        'each',
        ({ items, state }) => {
          const left = (state.left as typeof items | undefined) ?? items;
          state.left = left.slice(1);
          return { ports: left.length > 0 ? [[left[0]!], []] : [[], [{ json: { done: true } }]] };
        },
        {
          outputs: [
            { kind: 'main', name: 'loop' },
            { kind: 'main', name: 'done' },
          ],
        },
      ),
    ]);
    const result = await rig.run(
      {
        nodes: nodes({ s: 'start', l: 'each', t: 'try', o: 'odd', h: 'pass', end: 'pass' }),
        connections: wire('s>l', 'l>t', 't>o', 'o>l', 't.1>h', 'h>l', 'l.1>end'),
      },
      { input: [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }] },
    );
    expect(result.status).toBe('success');
    expect(rig.outputs('h')).toMatchObject([[[{ input: [{ n: 1 }] }]], [[{ input: [{ n: 3 }] }]]]);
    expect(rig.outputs('end')).toEqual([[[{ done: true }]]]);
  });
});
