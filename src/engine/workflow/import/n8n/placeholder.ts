import type { PortKind } from '../../../../contract/index.ts';
import type { MappedNode } from './mapping.ts';
import type { N8nNode } from './source-document.ts';

/** Ports of a node that nobody knows: as many as have connections. */
export interface UsedPorts {
  inputs: Partial<Record<PortKind, number>>;
  outputs: Partial<Record<PortKind, number>>;
}

/** Stands for a node without counterpart and keeps all of it. */
export function placeholderFor(node: N8nNode, ports: UsedPorts): MappedNode {
  return {
    type: 'placeholder',
    parameters: { source: 'n8n', originalType: node.type, original: withoutUndefined(node), ports },
  };
}

function withoutUndefined(node: N8nNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));
}
