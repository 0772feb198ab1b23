import type { Connection, PortKind, WorkflowNode } from '../../../../contract/index.ts';
import type { MappedNode } from './mapping.ts';
import type { UsedPorts } from './placeholder.ts';
import { PORT_KIND_OF } from './port-kinds.ts';
import type { N8nWorkflow } from './source-document.ts';

interface Link {
  from: string;
  to: string;
  fromKind: PortKind;
  toKind: PortKind;
  fromIndex: number;
  toIndex: number;
}

/** n8n's connections as a flat list between node names, in n8n's order. */
export function readLinks({ connections }: N8nWorkflow): Link[] {
  return Object.entries(connections).flatMap(([from, byType]) =>
    Object.entries(byType).flatMap(([type, outputs]) =>
      outputs.flatMap((targets, fromIndex) =>
        (targets ?? []).map((target) => ({
          from,
          to: target.node,
          fromKind: PORT_KIND_OF[type] ?? 'main',
          toKind: PORT_KIND_OF[target.type] ?? 'main',
          fromIndex,
          toIndex: target.index,
        })),
      ),
    ),
  );
}

/** Per node name, how many ports of each kind have connections, counted to the last connected one. */
export function usedPorts(links: readonly Link[]): Map<string, UsedPorts> {
  const used = new Map<string, UsedPorts>();
  const grow = (name: string, side: keyof UsedPorts, kind: PortKind, index: number) => {
    const ports = used.get(name) ?? { inputs: {}, outputs: {} };
    ports[side][kind] = Math.max(ports[side][kind] ?? 0, index + 1);
    used.set(name, ports);
  };
  for (const link of links) {
    grow(link.from, 'outputs', link.fromKind, link.fromIndex);
    grow(link.to, 'inputs', link.toKind, link.toIndex);
  }
  return used;
}

/** Links between known nodes as connections; the others are given back. */
export function toConnections(
  links: readonly Link[],
  nodes: ReadonlyMap<string, { node: WorkflowNode; mapped: MappedNode }>,
): { connections: Connection[]; dropped: Link[] } {
  const connections: Connection[] = [];
  const dropped: Link[] = [];
  const seen = new Set<string>();
  for (const link of links) {
    const from = nodes.get(link.from);
    const to = nodes.get(link.to);
    if (!from || !to) {
      dropped.push(link);
      continue;
    }
    const fromIndex = link.fromKind === 'main' ? portOf(from.mapped.outputs, link.fromIndex) : link.fromIndex;
    const toIndex = link.toKind === 'main' ? portOf(to.mapped.inputs, link.toIndex) : link.toIndex;
    const connection = {
      from: { node: from.node.id, port: link.fromKind, index: fromIndex },
      to: { node: to.node.id, port: link.toKind, index: toIndex },
    };
    const key = JSON.stringify(connection);
    if (!seen.has(key)) connections.push(connection);
    seen.add(key);
  }
  return { connections, dropped };
}

/** Our index of an n8n port. */
export function portOf(order: readonly number[] | undefined, index: number): number {
  return order?.[index] ?? index;
}
