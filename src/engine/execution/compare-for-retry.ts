import { isDeepStrictEqual } from 'node:util';
import {
  wiresInto,
  type RetryMismatch,
  type WorkflowDocument,
  type WorkflowNode,
} from '../../contract/index.ts';

/** What is different in a workflow from when an execution ran, as far as it matters to whoever repeats it on `now`. */
export function compareForRetry(
  then: WorkflowDocument,
  now: WorkflowDocument,
  ranIds: ReadonlySet<string>,
): RetryMismatch[] {
  const later = new Map(now.nodes.map((node) => [node.id, node]));
  return then.nodes.flatMap((node): RetryMismatch[] => {
    const kind = difference(node, later.get(node.id), then, now);
    return kind ? [{ nodeId: node.id, nodeName: node.name, kind, hasRun: ranIds.has(node.id) }] : [];
  });
}

function difference(
  node: WorkflowNode,
  later: WorkflowNode | undefined,
  then: WorkflowDocument,
  now: WorkflowDocument,
): RetryMismatch['kind'] | null {
  if (!later) return 'removed';
  if (later.type !== node.type) return 'replaced';
  if (!isDeepStrictEqual(essence(node), essence(later))) return 'changed';
  return wiresInto(then, node.id) === wiresInto(now, node.id) ? null : 'rewired';
}

/** What a node does, without where it stands and what is noted about it. */
function essence({ position: _position, notes: _notes, name: _name, ...node }: WorkflowNode) {
  return node;
}
