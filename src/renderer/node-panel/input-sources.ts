import type { WorkflowDocument } from '../../contract/index.ts';
import type { NodeRunMap } from '../editor/document/node-runs.ts';

/** Where items of a node's input come from: an output of a run of a node. */
export interface ItemSource {
  nodeId: string;
  nodeName: string;
  port: number;
  runIndex: number;
  /** Leads into the node itself, not by way of others. */
  direct: boolean;
}

/** The outputs that lead to a node, nearest first: those its last run really read from, then those further up. */
export function inputSources(document: WorkflowDocument, runs: NodeRunMap, nodeId: string): ItemSource[] {
  const names = new Map(document.nodes.map((node) => [node.id, node.name]));
  const sources: ItemSource[] = [];
  const add = (source: Omit<ItemSource, 'nodeName' | 'runIndex'> & { runIndex?: number }) => {
    const name = names.get(source.nodeId);
    if (name === undefined) return;
    if (sources.some((known) => known.nodeId === source.nodeId && known.port === source.port)) return;
    const last = runs.get(source.nodeId)?.at(-1)?.runIndex ?? 0;
    sources.push({ ...source, nodeName: name, runIndex: source.runIndex ?? last });
  };
  for (const source of runs.get(nodeId)?.at(-1)?.sources ?? []) {
    if (source)
      add({ nodeId: source.nodeId, port: source.outputIndex, runIndex: source.runIndex, direct: true });
  }
  const seen = new Set([nodeId]);
  for (const id of seen) {
    for (const { from, to } of document.connections) {
      if (to.node !== id || from.port !== 'main') continue;
      add({ nodeId: from.node, port: from.index, direct: id === nodeId });
      seen.add(from.node);
    }
  }
  return sources.filter((source) => source.nodeId !== nodeId || source.direct);
}
