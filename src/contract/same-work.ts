import type { WorkflowDocument, WorkflowNode } from './schemas/workflow.ts';

/**
 * What a node makes of its items, as a text to compare: without where it stands, what is noted about it, and how it is
 * tried. Defaults count the same whether they are written out or not.
 */
export function workOf(node: WorkflowNode): string {
  const { type, typeVersion, name, parameters, credentials, disabled, executeOnce, alwaysOutput, onError } =
    node;
  return JSON.stringify([
    ...[type, typeVersion, name, parameters, credentials ?? {}, disabled ?? false, executeOnce ?? false],
    ...[alwaysOutput ?? false, onError ?? 'stop'],
  ]);
}

/** What leads into a node, as a text to compare. */
export function wiresInto({ connections }: WorkflowDocument, nodeId: string): string {
  return connections
    .filter(({ to }) => to.node === nodeId)
    .map(({ from, to }) => [from.node, from.port, from.index, to.port, to.index].join(' '))
    .sort()
    .join();
}
