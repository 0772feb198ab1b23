import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';

/** Where an output leads: an input port of another node. */
export interface GraphTarget {
  nodeId: string;
  inputIndex: number;
}

export interface GraphNode {
  readonly node: WorkflowNode;
  /** Targets per main output port; sparse where a port is not connected. */
  readonly outgoing: readonly (readonly GraphTarget[] | undefined)[];
  /** Source node ids per main input port; sparse where a port is not connected. */
  readonly incoming: readonly (readonly string[] | undefined)[];
}

/** The engine's derived form of a workflow: main connections only, resolved to nodes. */
export interface WorkflowGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Ids of the nodes that can be reached from this one, itself only when it is part of a cycle. */
  descendants(nodeId: string): ReadonlySet<string>;
  /** Ids of the nodes from which this one can be reached. */
  ancestors(nodeId: string): ReadonlySet<string>;
}

export function buildGraph(document: WorkflowDocument): WorkflowGraph {
  const nodes = new Map<string, { node: WorkflowNode; outgoing: GraphTarget[][]; incoming: string[][] }>();
  for (const node of document.nodes) nodes.set(node.id, { node, outgoing: [], incoming: [] });
  for (const { from, to } of document.connections) {
    if (from.port !== 'main' || to.port !== 'main') continue;
    const source = nodes.get(from.node);
    const target = nodes.get(to.node);
    if (!source || !target) continue;
    (source.outgoing[from.index] ??= []).push({ nodeId: to.node, inputIndex: to.index });
    (target.incoming[to.index] ??= []).push(from.node);
  }
  const successors = (id: string) =>
    nodes
      .get(id)
      ?.outgoing.flat()
      .map((target) => target.nodeId) ?? [];
  const predecessors = (id: string) => nodes.get(id)?.incoming.flat() ?? [];
  return {
    nodes,
    descendants: memoize((id) => reachable(id, successors)),
    ancestors: memoize((id) => reachable(id, predecessors)),
  };
}

function reachable(start: string, next: (id: string) => string[]): Set<string> {
  const seen = new Set<string>();
  const open = next(start);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...next(id));
  }
  return seen;
}

function memoize<T>(compute: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    let value = known.get(id);
    if (value === undefined) {
      value = compute(id);
      known.set(id, value);
    }
    return value;
  };
}
