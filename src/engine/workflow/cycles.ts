import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';

/**
 * Groups of nodes that form cycles in which no node is a loop node. Main connections between enabled nodes count;
 * each group is in the order of the document.
 */
export function cyclesWithoutLoop(
  { nodes, connections }: WorkflowDocument,
  isLoop: (node: WorkflowNode) => boolean,
): WorkflowNode[][] {
  // A cycle without a loop node is one that is still there when the loop nodes are taken out.
  const kept = new Map(
    nodes.filter((node) => !node.disabled && !isLoop(node)).map((node) => [node.id, node]),
  );
  const next = new Map<string, string[]>();
  for (const { from, to } of connections) {
    if (from.port !== 'main' || to.port !== 'main' || !kept.has(from.node) || !kept.has(to.node)) continue;
    next.set(from.node, [...(next.get(from.node) ?? []), to.node]);
  }
  return stronglyConnected([...kept.keys()], (id) => next.get(id) ?? [])
    .filter(
      ([first, second]) => second !== undefined || (first !== undefined && next.get(first)?.includes(first)),
    )
    .map((ids) => nodes.filter((node) => ids.includes(node.id)));
}

/** Tarjan's algorithm with a stack of its own: a chain of thousands of nodes would exhaust the call stack. */
function stronglyConnected(ids: readonly string[], next: (id: string) => readonly string[]): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  for (const root of ids) {
    if (order.has(root)) continue;
    const path = [{ id: root, child: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { id } = top;
      if (top.child === 0) {
        order.set(id, order.size);
        lowest.set(id, order.get(id) ?? 0);
        open.push(id);
        isOpen.add(id);
      }
      const child = next(id)[top.child];
      top.child += 1;
      if (child !== undefined) {
        if (!order.has(child)) path.push({ id: child, child: 0 });
        else if (isOpen.has(child)) lower(lowest, id, order.get(child));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(lowest, parent.id, lowest.get(id));
      if (lowest.get(id) !== order.get(id)) continue;
      const group = open.splice(open.lastIndexOf(id));
      for (const member of group) isOpen.delete(member);
      groups.push(group);
    }
  }
  return groups;
}

function lower(values: Map<string, number>, id: string, candidate = Infinity): void {
  values.set(id, Math.min(values.get(id) ?? Infinity, candidate));
}
