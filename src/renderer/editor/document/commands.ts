import type {
  Connection,
  Item,
  NodeTypeDescription,
  PortAddress,
  WorkflowDocument,
  WorkflowNode,
} from '../../../contract/index.ts';
import { sameConnection } from './connection-check.ts';
import { nodePorts } from './node-ports.ts';

// Every command gives a new document and leaves the old one as it was: undo relies on it.

export function addNode(document: WorkflowDocument, node: WorkflowNode): WorkflowDocument {
  return { ...document, nodes: [...document.nodes, node] };
}

/** Removes nodes with their connections and pinned data. A node between exactly two others leaves them connected. */
export function removeNodes(document: WorkflowDocument, ids: ReadonlySet<string>): WorkflowDocument {
  const bridge = ids.size === 1 ? bridgeOver(document, [...ids][0]!) : null;
  const connections = document.connections.filter(({ from, to }) => !ids.has(from.node) && !ids.has(to.node));
  const next: WorkflowDocument = {
    ...document,
    nodes: document.nodes.filter((node) => !ids.has(node.id)),
    connections:
      bridge && !connections.some((known) => sameConnection(known, bridge))
        ? [...connections, bridge]
        : connections,
  };
  return [...ids].some((id) => document.pinnedData?.[id]) ? withoutPinned(next, ids) : next;
}

function bridgeOver(document: WorkflowDocument, id: string): Connection | null {
  const into = document.connections.filter(({ to }) => to.node === id);
  const outOf = document.connections.filter(({ from }) => from.node === id);
  const [first, last] = [into[0], outOf[0]];
  if (into.length !== 1 || outOf.length !== 1 || !first || !last) return null;
  if (first.from.port !== 'main' || last.to.port !== 'main' || first.from.node === last.to.node) return null;
  return { from: first.from, to: last.to };
}

function withoutPinned(document: WorkflowDocument, ids: ReadonlySet<string>): WorkflowDocument {
  const kept = Object.entries(document.pinnedData ?? {}).filter(([id]) => !ids.has(id));
  const { pinnedData: _dropped, ...rest } = document;
  return kept.length > 0 ? { ...rest, pinnedData: Object.fromEntries(kept) } : rest;
}

export function moveNodes(
  document: WorkflowDocument,
  positions: ReadonlyMap<string, [number, number]>,
): WorkflowDocument {
  return mapNodes(document, (node) => {
    const position = positions.get(node.id);
    if (!position || (position[0] === node.position[0] && position[1] === node.position[1])) return node;
    return { ...node, position };
  });
}

/** Changes the fields of one node; a field that is undefined is taken away. */
export function changeNode(
  document: WorkflowDocument,
  id: string,
  changes: Partial<WorkflowNode>,
): WorkflowDocument {
  return mapNodes(document, (node) => (node.id === id ? dropUndefined({ ...node, ...changes }) : node));
}

export function setDisabled(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
  disabled: boolean,
): WorkflowDocument {
  return mapNodes(document, (node) =>
    ids.has(node.id) && Boolean(node.disabled) !== disabled
      ? dropUndefined({ ...node, disabled: disabled || undefined })
      : node,
  );
}

export function connect(document: WorkflowDocument, connection: Connection): WorkflowDocument {
  if (document.connections.some((known) => sameConnection(known, connection))) return document;
  return { ...document, connections: [...document.connections, connection] };
}

export function disconnect(document: WorkflowDocument, gone: readonly Connection[]): WorkflowDocument {
  const connections = document.connections.filter((known) => !gone.some((one) => sameConnection(one, known)));
  return connections.length === document.connections.length ? document : { ...document, connections };
}

/** Puts a node that is already in the document between the two ends of a connection, where its ports allow it. */
export function insertOnConnection(
  document: WorkflowDocument,
  connection: Connection,
  node: WorkflowNode,
  type: NodeTypeDescription | undefined,
): WorkflowDocument {
  const { inputs, outputs } = nodePorts(node, type);
  const input = inputs.find((port) => port.kind === connection.from.port);
  const output = outputs.find((port) => port.kind === connection.to.port);
  if (!input) return document;
  const address = (index: number): PortAddress => ({ node: node.id, port: connection.from.port, index });
  const joined = connect(disconnect(document, [connection]), {
    from: connection.from,
    to: address(input.index),
  });
  return output ? connect(joined, { from: address(output.index), to: connection.to }) : joined;
}

/** Items that stand in for running the node; null takes them away. */
export function setPinned(document: WorkflowDocument, id: string, items: Item[] | null): WorkflowDocument {
  if (items) return { ...document, pinnedData: { ...document.pinnedData, [id]: items } };
  return document.pinnedData?.[id] ? withoutPinned(document, new Set([id])) : document;
}

function mapNodes(
  document: WorkflowDocument,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowDocument {
  const nodes = document.nodes.map(change);
  return nodes.some((node, index) => node !== document.nodes[index]) ? { ...document, nodes } : document;
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
