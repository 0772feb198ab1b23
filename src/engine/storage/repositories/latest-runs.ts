import { z } from 'zod';
import { NodeRunSummary } from '../../../contract/index.ts';

const NodeRuns = z.array(NodeRunSummary);

/** The node runs of one row of the log. */
export function parseRuns(text: string): NodeRunSummary[] {
  return NodeRuns.parse(JSON.parse(text));
}

/** The last word on each run, in the order of starting. */
export function latestRuns(runs: readonly NodeRunSummary[]): NodeRunSummary[] {
  const latest = new Map<string, NodeRunSummary>();
  for (const run of runs) {
    const key = `${run.runIndex} ${run.nodeId}`;
    latest.delete(key);
    latest.set(key, run);
  }
  return [...latest.values()].sort((a, b) => a.startedAt - b.startedAt);
}
