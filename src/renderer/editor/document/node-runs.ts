import type { Connection, EngineEvent, NodeRunStatus, NodeRunSummary } from '../../../contract/index.ts';

export type NodeRunMap = ReadonlyMap<string, readonly NodeRunSummary[]>;

/** The runs of an execution by node, each list in the order of run indexes. */
export function runsByNode(runs: readonly NodeRunSummary[]): NodeRunMap {
  const byNode = Map.groupBy(runs, (run) => run.nodeId);
  for (const list of byNode.values()) list.sort((a, b) => a.runIndex - b.runIndex);
  return byNode;
}

type NodeEvent = Extract<EngineEvent, { type: 'node-started' | 'node-finished' | 'node-log' }>;

/** The runs after one event; every other event leaves them as they are. */
export function applyNodeEvent(
  runs: NodeRunMap,
  event: NodeEvent,
  nameOf: (id: string) => string,
): NodeRunMap {
  if (event.type === 'node-finished') return withRun(runs, event.nodeRun);
  if (event.type === 'node-started') {
    const known = runs.get(event.nodeId)?.find((run) => run.runIndex === event.runIndex);
    // Events may arrive after a fetch that already saw the end.
    if (known && known.status !== 'running') return runs;
    return withRun(runs, {
      nodeId: event.nodeId,
      nodeName: nameOf(event.nodeId),
      runIndex: event.runIndex,
      status: 'running',
      startedAt: 0,
      durationMs: 0,
      attempt: 1,
      pinned: false,
      sources: [],
      itemCounts: [],
    });
  }
  const list = runs.get(event.nodeId);
  const last = list?.at(-1);
  return last ? withRun(runs, { ...last, logs: [...(last.logs ?? []), event.line] }) : runs;
}

function withRun(runs: NodeRunMap, run: NodeRunSummary): NodeRunMap {
  const list = (runs.get(run.nodeId) ?? []).filter((known) => known.runIndex !== run.runIndex);
  const sorted = [...list, run].sort((a, b) => a.runIndex - b.runIndex);
  return new Map(runs).set(run.nodeId, sorted);
}

/** What a node's status mark shows: the state of its last run, a failure of any run first. */
export function statusOf(runs: readonly NodeRunSummary[] | undefined): NodeRunStatus | null {
  if (!runs?.length) return null;
  if (runs.some((run) => run.status === 'running')) return 'running';
  return runs.some((run) => run.status === 'failed') ? 'failed' : runs.at(-1)!.status;
}

/** Items that left a connection's output over all runs; null when its node has not run or the output is not counted. */
export function connectionCount(runs: NodeRunMap, { from }: Connection): number | null {
  const list = runs.get(from.node);
  if (!list?.length || from.port !== 'main') return null;
  const counts = list.map((run) => run.itemCounts[from.index]).filter((count) => count !== undefined);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** Items a node gave over all its outputs and runs. */
export function outputCount(runs: readonly NodeRunSummary[]): number {
  return runs.reduce((sum, run) => sum + run.itemCounts.reduce((inRun, count) => inRun + count, 0), 0);
}
