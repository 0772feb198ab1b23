import type {
  Connection,
  NodeTypeDescription,
  PortAddress,
  WorkflowDocument,
} from '../../../contract/index.ts';
import { nodePorts } from './node-ports.ts';

export type TypeLookup = (type: string) => NodeTypeDescription | undefined;
export type ConnectionFault = 'same-node' | 'kinds-differ' | 'duplicate' | 'port-unknown';

export function sameAddress(a: PortAddress, b: PortAddress): boolean {
  return a.node === b.node && a.port === b.port && a.index === b.index;
}

export function sameConnection(a: Connection, b: Connection): boolean {
  return sameAddress(a.from, b.from) && sameAddress(a.to, b.to);
}

/** Why a connection cannot be drawn, or null where it can. */
export function connectionFault(
  document: WorkflowDocument,
  types: TypeLookup,
  connection: Connection,
): ConnectionFault | null {
  const { from, to } = connection;
  if (from.node === to.node) return 'same-node';
  if (from.port !== to.port) return 'kinds-differ';
  if (document.connections.some((existing) => sameConnection(existing, connection))) return 'duplicate';
  return hasPort(document, types, from, 'outputs') && hasPort(document, types, to, 'inputs')
    ? null
    : 'port-unknown';
}

function hasPort(
  document: WorkflowDocument,
  types: TypeLookup,
  address: PortAddress,
  side: 'inputs' | 'outputs',
): boolean {
  const node = document.nodes.find((candidate) => candidate.id === address.node);
  if (!node) return false;
  return nodePorts(node, types(node.type))[side].some(
    (port) => port.kind === address.port && port.index === address.index,
  );
}
