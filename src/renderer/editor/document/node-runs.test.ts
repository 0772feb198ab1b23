import { describe, expect, it } from 'vitest';
import type { NodeRunSummary } from '../../../contract/index.ts';
import { applyNodeEvent, connectionCount, outputCount, runsByNode, statusOf } from './node-runs.ts';
import { linkOf } from './test-kit.ts';

const run = (nodeId: string, changes: Partial<NodeRunSummary> = {}): NodeRunSummary => ({
  nodeId,
  nodeName: nodeId,
  runIndex: 0,
  status: 'success',
  startedAt: 0,
  durationMs: 1,
  attempt: 1,
  pinned: false,
  sources: [],
  itemCounts: [1],
  ...changes,
});

describe('node runs', () => {
  it('count the items of an output over all runs', () => {
    const runs = runsByNode([
      run('a', { itemCounts: [2, 5] }),
      run('a', { runIndex: 1, itemCounts: [3, 0] }),
    ]);
    expect(connectionCount(runs, linkOf('a:0>b'))).toBe(5);
    expect(connectionCount(runs, linkOf('a:1>b'))).toBe(5);
    expect(connectionCount(runs, linkOf('a:2>b'))).toBeNull();
    expect(connectionCount(runs, linkOf('x>b'))).toBeNull();
    expect(outputCount(runs.get('a')!)).toBe(10);
  });

  it('follow a node from its start to its end', () => {
    const base = { executionId: 'e', workflowId: 'w' };
    const started = applyNodeEvent(
      new Map(),
      { ...base, type: 'node-started', nodeId: 'a', runIndex: 0 },
      () => 'A',
    );
    expect(statusOf(started.get('a'))).toBe('running');
    const ended = applyNodeEvent(started, { ...base, type: 'node-finished', nodeRun: run('a') }, () => 'A');
    expect(statusOf(ended.get('a'))).toBe('success');
    const late = applyNodeEvent(
      ended,
      { ...base, type: 'node-started', nodeId: 'a', runIndex: 0 },
      () => 'A',
    );
    expect(late).toBe(ended);
  });

  it('show a failure of any run', () => {
    expect(statusOf([run('a', { status: 'failed' }), run('a', { runIndex: 1 })])).toBe('failed');
    expect(statusOf(undefined)).toBeNull();
  });
});
