import type {
  Connection,
  NodeTypeDescription,
  PortAddress,
  WorkflowDocument,
  WorkflowNode,
} from '../../../contract/index.ts';
import { addNode, connect, insertOnConnection } from './commands.ts';
import { uniqueName } from './node-names.ts';
import { nodePorts } from './node-ports.ts';

/** Where a new node belongs: after an output, in the middle of a connection, at a place, or wherever there is room. */
export interface AddTarget {
  from?: PortAddress;
  between?: Connection;
  at?: [number, number];
}

export interface NewNode {
  type: NodeTypeDescription;
  /** The type's name in the user's language. */
  name: string;
  id: string;
  target: AddTarget;
}

const COLUMN = 224;
const ROW = 144;
const GRID = 16;

/** Adds a node and connects it as its target asks, where its ports allow. */
export function addNewNode(
  document: WorkflowDocument,
  { type, name, id, target }: NewNode,
): WorkflowDocument {
  const roomy = target.between ? makeRoom(document, target.between) : document;
  const node: WorkflowNode = {
    id,
    name: uniqueName(name, new Set(document.nodes.map((one) => one.name))),
    type: type.type,
    typeVersion: type.version,
    position: placeFor(roomy, target),
    parameters: {},
  };
  const added = addNode(roomy, node);
  if (target.between) return insertOnConnection(added, target.between, node, type);
  const { from } = target;
  const input = from && nodePorts(node, type).inputs.find((port) => port.kind === from.port);
  return from && input
    ? connect(added, { from, to: { node: id, port: from.port, index: input.index } })
    : added;
}

function placeFor(document: WorkflowDocument, { from, between, at }: AddTarget): [number, number] {
  if (at) return [snap(at[0]), snap(at[1])];
  const source = document.nodes.find((node) => node.id === (from ?? between?.from)?.node);
  if (source) {
    const start: [number, number] = [
      source.position[0] + COLUMN,
      source.position[1] + (from?.index ?? 0) * ROW,
    ];
    return freeFrom(document, start);
  }
  const rightmost = document.nodes.toSorted((a, b) => b.position[0] - a.position[0])[0];
  return rightmost ? freeFrom(document, [rightmost.position[0] + COLUMN, rightmost.position[1]]) : [0, 0];
}

/** The first place from here downwards that no node covers. */
function freeFrom(document: WorkflowDocument, [x, y]: [number, number]): [number, number] {
  let top = y;
  const covered = () =>
    document.nodes.some(
      ({ position }) => Math.abs(position[0] - x) < 128 && Math.abs(position[1] - top) < 112,
    );
  while (covered()) top += ROW;
  return [snap(x), snap(top)];
}

/** Moves what follows a connection to the right when a node would not fit between its ends. */
function makeRoom(document: WorkflowDocument, { from, to }: Connection): WorkflowDocument {
  const source = document.nodes.find((node) => node.id === from.node);
  const target = document.nodes.find((node) => node.id === to.node);
  if (!source || !target) return document;
  const missing = source.position[0] + 2 * COLUMN - target.position[0];
  if (missing <= 0 || target.position[0] <= source.position[0]) return document;
  const nodes = document.nodes.map((node): WorkflowNode =>
    node.position[0] >= target.position[0]
      ? { ...node, position: [snap(node.position[0] + missing), node.position[1]] }
      : node,
  );
  return { ...document, nodes };
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
