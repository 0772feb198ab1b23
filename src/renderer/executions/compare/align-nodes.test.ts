import { describe, expect, it } from 'vitest';
import { ExecutionDetail, type NodeRun } from '../../../contract/index.ts';
import { alignNodes } from './align-nodes.ts';

const run = (nodeId: string, json: object | null, over: Partial<NodeRun> = {}): NodeRun => ({
  nodeId,
  nodeName: `Node ${nodeId}`,
  runIndex: 0,
  status: 'success',
  startedAt: 0,
  durationMs: 10,
  attempt: 1,
  pinned: false,
  sources: [],
  itemCounts: [json ? 1 : 0],
  outputs: [json ? [{ json: { ...json }, pairedItem: { item: 0 } }] : []],
  ...over,
});

function execution(nodeRuns: NodeRun[], nodes = [...new Set(nodeRuns.map(({ nodeId }) => nodeId))]) {
  return ExecutionDetail.parse({
    ...{ id: 'e', workflowId: 'w', workflowName: 'W', version: 1, status: 'success', mode: 'manual' },
    ...{ startedAt: 0, finishedAt: 1, durationMs: 1, error: null },
    document: { name: 'W', nodes: nodes.map((id) => ({ id, name: `Node ${id}`, type: 'set-fields' })) },
    nodeRuns,
  });
}
const outcomes = (a: ExecutionDetail, b: ExecutionDetail) =>
  alignNodes(a, b).map(({ name, outcome }) => [name, outcome]);

describe('alignNodes', () => {
  it('puts nodes side by side and says which gave something else', () => {
    const a = execution([run('s', { n: 1 }), run('x', { n: 1 }), run('y', { n: 1 })], ['s', 'x', 'y', 'z']);
    const b = execution([run('s', { n: 1 }), run('x', { n: 2 }), run('z', { n: 1 })], ['s', 'x', 'y', 'z']);
    expect(outcomes(a, b)).toEqual([
      ['Node s', 'same'],
      ['Node x', 'differs'],
      ['Node y', 'only-a'],
      ['Node z', 'only-b'],
    ]);
    expect(alignNodes(a, b)[1]?.changes).toEqual([{ path: [0, 'n'], before: 1, after: 2 }]);
  });

  it('does not take lineage or time for a difference', () => {
    const a = execution([run('x', { n: 1 })]);
    const b = execution([run('x', { n: 1 }, { durationMs: 900, outputs: [[{ json: { n: 1 } }]] })]);
    expect(outcomes(a, b)).toEqual([['Node x', 'same']]);
  });

  it('sums up the runs of a node and numbers what they gave', () => {
    const again = run('x', { n: 2 }, { runIndex: 1, status: 'failed' });
    const [row] = alignNodes(execution([run('x', { n: 1 })]), execution([run('x', { n: 1 }), again]));
    expect(row).toMatchObject({
      outcome: 'differs',
      a: { status: 'success', durationMs: 10, items: 1 },
      b: { status: 'failed', durationMs: 20, items: 2 },
      changes: [{ path: [1], after: [[{ n: 2 }]] }],
    });
  });

  it('sees another number of items beyond those that were fetched', () => {
    const more = run('x', { n: 1 }, { itemCounts: [500] });
    expect(outcomes(execution([run('x', { n: 1 })]), execution([more]))).toEqual([['Node x', 'differs']]);
  });

  it('joins nodes with other ids by their names, but only where the id is not there', () => {
    const renamed = run('x2', { n: 1 }, { nodeName: 'Node x' });
    expect(outcomes(execution([run('x', { n: 1 })]), execution([renamed]))).toEqual([['Node x', 'same']]);
    const both = execution([run('x', { n: 1 })], ['x', 'x2']);
    expect(outcomes(both, execution([renamed]))).toEqual([
      ['Node x', 'only-a'],
      ['Node x', 'only-b'],
    ]);
  });
});
