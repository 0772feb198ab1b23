import {
  diffValues,
  type ExecutionDetail,
  type FieldChange,
  type NodeRun,
  type NodeRunStatus,
} from '../../../contract/index.ts';

/** What one execution did at a node. */
export interface NodeSide {
  nodeId: string;
  runs: readonly NodeRun[];
  /** Of the last run; a failure of any run first. */
  status: NodeRunStatus;
  /** Of all runs together. */
  durationMs: number;
  items: number;
  error: NodeRun['error'];
}

export interface AlignedNode {
  key: string;
  name: string;
  type: string;
  a: NodeSide | null;
  b: NodeSide | null;
  outcome: 'same' | 'differs' | 'only-a' | 'only-b';
  /** How the output data differs, as far as the executions were fetched. */
  changes: FieldChange[];
}

/**
 * The nodes that ran in one of two executions, side by side in the order of running. Nodes are the same when their ids
 * are; those that are left when their names are, as in workflows that were imported twice.
 */
export function alignNodes(a: ExecutionDetail, b: ExecutionDetail): AlignedNode[] {
  const [sidesA, sidesB] = [nodeSides(a), nodeSides(b)];
  const partnerOf = (side: NodeSide): NodeSide | null => {
    const sameId = sidesB.get(side.nodeId);
    if (sameId) return sameId;
    const name = nameOf(side);
    return [...sidesB.values()].find((other) => !knows(a, other.nodeId) && nameOf(other) === name) ?? null;
  };

  const rows: AlignedNode[] = [];
  const taken = new Set<string>();
  for (const side of sidesA.values()) {
    const partner = partnerOf(side);
    if (partner) taken.add(partner.nodeId);
    rows.push(toRow(side, partner, typeOf(a, side.nodeId)));
  }
  for (const side of sidesB.values())
    if (!taken.has(side.nodeId)) rows.push(toRow(null, side, typeOf(b, side.nodeId)));
  return rows;
}

function nodeSides({ nodeRuns }: ExecutionDetail): Map<string, NodeSide> {
  const byNode = Map.groupBy(nodeRuns, ({ nodeId }) => nodeId);
  return new Map(
    [...byNode].map(([nodeId, unsorted]) => {
      const runs = unsorted.toSorted((one, other) => one.runIndex - other.runIndex);
      const side: NodeSide = {
        nodeId,
        runs,
        status: runs.some(({ status }) => status === 'failed') ? 'failed' : runs.at(-1)!.status,
        durationMs: runs.reduce((sum, run) => sum + run.durationMs, 0),
        items: runs.flatMap(({ itemCounts }) => itemCounts).reduce((sum, count) => sum + count, 0),
        error: runs.find(({ error }) => error)?.error,
      };
      return [nodeId, side];
    }),
  );
}

function toRow(a: NodeSide | null, b: NodeSide | null, type: string): AlignedNode {
  const side = (a ?? b) as NodeSide;
  const about = { key: `${a?.nodeId ?? ''} ${b?.nodeId ?? ''}`, name: nameOf(side), type, a, b };
  if (!a || !b) return { ...about, outcome: a ? 'only-a' : 'only-b', changes: [] };
  const changes = diffOutputs(a.runs, b.runs);
  const isSame =
    changes.length === 0 &&
    a.status === b.status &&
    a.runs.length === b.runs.length &&
    a.items === b.items &&
    a.error?.message === b.error?.message;
  return { ...about, outcome: isSame ? 'same' : 'differs', changes };
}

/** Lineage is left out: it differs with every item before it and is no data. */
function diffOutputs(a: readonly NodeRun[], b: readonly NodeRun[]): FieldChange[] {
  const dataOf = (runs: readonly NodeRun[]) =>
    runs.map(({ outputs }) =>
      outputs.map((items) => items.map(({ json, binary }) => (binary ? { json, binary } : json))),
    );
  const [before, after] = [dataOf(a), dataOf(b)];
  const ports = (runs: ReadonlyArray<readonly unknown[]>) => Math.max(0, ...runs.map(({ length }) => length));
  // Most nodes run once and have one output: their items then need no number of run and port before them.
  const levels =
    Math.max(before.length, after.length) > 1 ? 0 : Math.max(ports(before), ports(after)) > 1 ? 1 : 2;
  const outputs = [before, after].map((runs) =>
    levels === 0 ? runs : levels === 1 ? runs[0] : runs[0]?.[0],
  );
  return diffValues(outputs[0] ?? [], outputs[1] ?? []);
}

const nameOf = (side: NodeSide) => side.runs[0]?.nodeName ?? '';
const knows = ({ document }: ExecutionDetail, nodeId: string) =>
  document.nodes.some(({ id }) => id === nodeId);
const typeOf = ({ document }: ExecutionDetail, nodeId: string) =>
  document.nodes.find(({ id }) => id === nodeId)?.type ?? '';
