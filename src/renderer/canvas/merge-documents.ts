import type { Connection, WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import type { CanvasMark } from './canvas-context.ts';
import { connectionId } from './flow-mapping.ts';

export interface MergedDocument {
  /** All of `after`, and what only `before` has. */
  document: WorkflowDocument;
  /** How connections differ, by their ids. */
  marks: ReadonlyMap<string, CanvasMark>;
}

/** Nodes nearer than this to one another would lie on each other or on their captions. */
const NEAR = { x: 100, y: 130 };
const ASIDE = 136;

/** Two documents on one canvas. Nodes that are gone stand where they stood, or above or below what has taken their place. */
export function mergeDocuments(before: WorkflowDocument, after: WorkflowDocument): MergedDocument {
  const present = new Set(after.nodes.map(({ id }) => id));
  const nodes = [...after.nodes];
  for (const node of before.nodes) if (!present.has(node.id)) nodes.push(putAside(node, nodes));

  const old = byId(before.connections);
  const fresh = byId(after.connections);
  const marks = new Map<string, CanvasMark>();
  for (const id of fresh.keys()) if (!old.has(id)) marks.set(id, 'added');
  for (const id of old.keys()) if (!fresh.has(id)) marks.set(id, 'removed');
  return { document: { ...after, nodes, connections: [...new Map([...old, ...fresh]).values()] }, marks };
}

function putAside(node: WorkflowNode, others: readonly WorkflowNode[]): WorkflowNode {
  const [x, y] = node.position;
  const isFree = (at: number) =>
    others.every(
      ({ position }) => Math.abs(position[0] - x) >= NEAR.x || Math.abs(position[1] - at) >= NEAR.y,
    );
  for (let step = 0; ; step += ASIDE) {
    const free = [y + step, y - step].find(isFree);
    if (free !== undefined) return { ...node, position: [x, free] };
  }
}

function byId(connections: readonly Connection[]): Map<string, Connection> {
  return new Map(connections.map((connection) => [connectionId(connection), connection]));
}
