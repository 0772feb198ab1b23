import { wiresInto, workOf, type WorkflowDocument } from '../../../contract/index.ts';

/**
 * Nodes whose results are of a workflow that is not there any more: they, what leads to them, or how it does has changed
 * since. Nodes that did not run are left out.
 */
export function staleNodes(
  ran: WorkflowDocument,
  now: WorkflowDocument,
  ranIds: Iterable<string>,
): ReadonlySet<string> {
  const before = new Map(ran.nodes.map((node) => [node.id, node]));
  const changed = new Set<string>();
  for (const node of now.nodes) {
    const isSame = before.has(node.id) && workOf(before.get(node.id)!) === workOf(node);
    if (!isSame || wiresInto(ran, node.id) !== wiresInto(now, node.id)) changed.add(node.id);
  }
  for (const id of changed)
    for (const { from, to } of now.connections) if (from.node === id) changed.add(to.node);
  return new Set([...ranIds].filter((id) => changed.has(id)));
}
