import type { Connection as FlowConnection, Edge, Node } from '@vue-flow/core';
import {
  PORT_KINDS,
  type Connection,
  type NodeTypeDescription,
  type PortAddress,
  type PortKind,
  type WorkflowDocument,
  type WorkflowNode,
} from '../../contract/index.ts';
import type { TypeLookup } from '../editor/document/connection-check.ts';
import { nodePorts, type NodePorts } from '../editor/document/node-ports.ts';

// The one place where workflow words (connection, port) meet Vue Flow's (edge, handle).

export type PortSide = 'in' | 'out';
/** What the canvas needs to draw one node. */
export interface FlowNodeData {
  node: WorkflowNode;
  type: NodeTypeDescription | undefined;
  ports: NodePorts;
}
export interface FlowEdgeData {
  connection: Connection;
}
export type FlowNode = Node<FlowNodeData>;
export type FlowEdge = Edge<FlowEdgeData>;

/** The id of a port's handle: `in:main:0`, `out:model:0`. */
export function handleId(side: PortSide, port: { kind: PortKind; index: number }): string {
  return `${side}:${port.kind}:${port.index}`;
}

export function parseHandleId(id: string): { side: PortSide; kind: PortKind; index: number } | null {
  const [side, kind, index] = id.split(':');
  const known = PORT_KINDS.find((one) => one === kind);
  if ((side !== 'in' && side !== 'out') || !known || !/^\d+$/.test(index ?? '')) return null;
  return { side, kind: known, index: Number(index) };
}

export function connectionId({ from, to }: Connection): string {
  const end = (address: PortAddress) => `${address.node}:${address.port}:${address.index}`;
  return `${end(from)}>${end(to)}`;
}

export function toFlowNodes(document: WorkflowDocument, types: TypeLookup): FlowNode[] {
  const used = Map.groupBy(
    document.connections.flatMap((connection) => [
      { id: connection.from.node, connection },
      { id: connection.to.node, connection },
    ]),
    ({ id }) => id,
  );
  return document.nodes.map((node) => {
    const type = types(node.type);
    const connections = used.get(node.id)?.map(({ connection }) => connection);
    return {
      id: node.id,
      type: isNote(node) ? 'note' : 'workflow',
      // Notes lie behind what they are about.
      ...(isNote(node) && { zIndex: -1 }),
      position: { x: node.position[0], y: node.position[1] },
      data: { node, type, ports: nodePorts(node, type, connections) },
    };
  });
}

/** Drawn as paper instead of as a node. */
export function isNote(node: WorkflowNode): boolean {
  return node.type === 'sticky-note';
}

/** Connections whose nodes are gone are left out: they have nowhere to be drawn. */
export function toFlowEdges(document: WorkflowDocument): FlowEdge[] {
  const ids = new Set(document.nodes.map((node) => node.id));
  return document.connections
    .filter(({ from, to }) => ids.has(from.node) && ids.has(to.node))
    .map((connection) => ({
      id: connectionId(connection),
      type: 'workflow',
      source: connection.from.node,
      sourceHandle: handleId('out', { kind: connection.from.port, index: connection.from.index }),
      target: connection.to.node,
      targetHandle: handleId('in', { kind: connection.to.port, index: connection.to.index }),
      data: { connection },
    }));
}

/** Reads a connection drawn by hand, whichever end it began at; null when it does not join an output to an input. */
export function fromFlowConnection(drawn: FlowConnection): Connection | null {
  const source = parseHandleId(drawn.sourceHandle ?? '');
  const target = parseHandleId(drawn.targetHandle ?? '');
  if (!source || !target || source.side === target.side) return null;
  const ends = {
    [source.side]: { node: drawn.source, port: source.kind, index: source.index },
    [target.side]: { node: drawn.target, port: target.kind, index: target.index },
  } as Record<PortSide, PortAddress>;
  return { from: ends.out, to: ends.in };
}
