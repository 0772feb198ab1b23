import type { WorkflowDocument, WorkflowNode } from '../../../contract/index.ts';

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
    const isSame = before.has(node.id) && essence(before.get(node.id)!) === essence(node);
    if (!isSame || wiresInto(ran, node.id) !== wiresInto(now, node.id)) changed.add(node.id);
  }
  for (const id of changed)
    for (const { from, to } of now.connections) if (from.node === id) changed.add(to.node);
  return new Set([...ranIds].filter((id) => changed.has(id)));
}

/** What a node does, without where it stands and what is noted about it, whether its defaults are written out or not. */
function essence(node: WorkflowNode): string {
  const {
    type,
    typeVersion,
    name,
    parameters,
    credentials,
    disabled,
    executeOnce,
    alwaysOutput,
    onError,
    retry,
  } = node;
  return JSON.stringify([
    ...[type, typeVersion, name, parameters, credentials ?? {}, disabled ?? false, executeOnce ?? false],
    ...[alwaysOutput ?? false, onError ?? 'stop', retry ?? null],
  ]);
}

function wiresInto({ connections }: WorkflowDocument, nodeId: string): string {
  return connections
    .filter(({ to }) => to.node === nodeId)
    .map(({ from, to }) => [from.node, from.port, from.index, to.port, to.index].join(' '))
    .sort()
    .join();
}
