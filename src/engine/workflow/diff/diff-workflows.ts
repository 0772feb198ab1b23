import {
  diffValues,
  type Connection,
  type ConnectionChange,
  type NodeChange,
  type WorkflowDiff,
  type WorkflowDocument,
  type WorkflowNode,
} from '../../../contract/index.ts';

/** What leads from one document of a workflow to another. Nodes are the same when their ids are, whatever their names. */
export function diffWorkflows(before: WorkflowDocument, after: WorkflowDocument): WorkflowDiff {
  return {
    nodes: diffNodes(before.nodes, after.nodes),
    connections: diffConnections(before.connections, after.connections),
    fields: diffValues(documentFields(before), documentFields(after)),
    pinnedData: diffValues(before.pinnedData ?? {}, after.pinnedData ?? {}),
  };
}

/** Changes in the order of the nodes after them, then what is gone. */
function diffNodes(before: readonly WorkflowNode[], after: readonly WorkflowNode[]): NodeChange[] {
  const former = new Map(before.map((node) => [node.id, node]));
  const present = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((node) => {
      const old = former.get(node.id);
      return old ? changeOf(old, node) : [toChange('added', node)];
    }),
    ...before.filter(({ id }) => !present.has(id)).map((node) => toChange('removed', node)),
  ];
}

function changeOf(before: WorkflowNode, after: WorkflowNode): NodeChange[] {
  const fields = diffValues(before, after);
  if (fields.length === 0) return [];
  const isMove = fields.every(({ path }) => path[0] === 'position');
  return [{ ...toChange(isMove ? 'moved' : 'changed', after), fields }];
}

function toChange(kind: NodeChange['kind'], { id, name, type }: WorkflowNode): NodeChange {
  return { kind, nodeId: id, name, type, fields: [] };
}

function diffConnections(before: readonly Connection[], after: readonly Connection[]): ConnectionChange[] {
  const keys = (connections: readonly Connection[]) => new Set(connections.map(keyOf));
  const [old, present] = [keys(before), keys(after)];
  return [
    ...after
      .filter((connection) => !old.has(keyOf(connection)))
      .map((connection) => ({ kind: 'added' as const, connection })),
    ...before
      .filter((connection) => !present.has(keyOf(connection)))
      .map((connection) => ({ kind: 'removed' as const, connection })),
  ];
}

function keyOf({ from, to }: Connection): string {
  return JSON.stringify([from.node, from.port, from.index, to.node, to.port, to.index]);
}

// The order of tags says nothing.
function documentFields({ name, description, tags, settings, schemaVersion }: WorkflowDocument) {
  return { name, description, tags: [...(tags ?? [])].sort(), settings, schemaVersion };
}
