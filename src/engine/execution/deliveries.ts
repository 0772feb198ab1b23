import type { InputSource } from '../../contract/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import type { Delivery } from './delivery-queue.ts';
import type { NodeRunState } from './run-data.ts';
import type { ExecutionSnapshot } from './snapshot.ts';

/** What an execution began with, where no trigger keeps it as its output and the node needs it again. */
export function beginOf(
  workflow: CompiledWorkflow,
  deliveries: readonly Delivery[],
): ExecutionSnapshot['begin'] {
  const first = deliveries.find(({ source }) => source === null);
  if (!first || !workflow.nodes.get(first.nodeId)?.definition.remembers) return undefined;
  const inputs = Array.from({ length: first.inputIndex + 1 }, () => null);
  return { nodeId: first.nodeId, inputs: [...inputs.slice(0, -1), { items: [...first.items.read()] }] };
}

/**
 * What a finished run sends on. An output without items starts nothing; with `tellsEmpty` it still counts as an
 * answer at every input but the first, as both of n8n's orders have it.
 */
export function deliveriesOf(node: CompiledNode, run: NodeRunState, tellsEmpty = false): Delivery[] {
  const deliveries: Delivery[] = [];
  run.outputs.forEach((items, outputIndex) => {
    if (items.length === 0 && !tellsEmpty) return;
    const source: InputSource = { nodeId: run.nodeId, outputIndex, runIndex: run.runIndex };
    for (const { nodeId, inputIndex } of node.outgoing[outputIndex] ?? []) {
      if (items.length > 0 || inputIndex > 0) deliveries.push({ nodeId, inputIndex, items, source });
    }
  });
  return deliveries;
}
