import type { Item } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import { EMPTY_ITEM_LIST, itemListOf } from '../node-kit/index.ts';
import type { EffectUnit } from '../storage/index.ts';
import type { CompiledWorkflow } from './compiled-workflow.ts';
import { isDone } from './effect-units.ts';
import type { Delivery } from './delivery-queue.ts';
import type { RunSeed } from './run-options.ts';
import type { NodeRunState } from './run-data.ts';
import type { ExecutionSnapshot } from './snapshot.ts';
import type { RetryPoint, StartRequest } from './types.ts';

/** What is known of an execution that is over. */
export interface RetryOrigin {
  id: string;
  runs: readonly NodeRunState[];
  units: readonly EffectUnit[];
  /** Where it stood when it failed or was stopped; null after a success. */
  snapshot: ExecutionSnapshot | null;
}

type RetryStart = Pick<
  StartRequest,
  'startNodeId' | 'startPort' | 'input' | 'seed' | 'destinationNodeId' | 'depth'
>;

/** Where and with what an execution is repeated. Throws RETRY_NODE_GONE, RETRY_NODE_NEVER_RAN, RETRY_NOTHING_LEFT. */
export function planRetry(workflow: CompiledWorkflow, origin: RetryOrigin, from: RetryPoint): RetryStart {
  if (from.kind === 'start') return startOver(workflow, origin);
  const { destinationNodeId } = origin.snapshot ?? {};
  const hasDestination = destinationNodeId !== undefined && workflow.nodes.has(destinationNodeId);
  if (from.kind === 'failed')
    return {
      seed: goOn(workflow, origin),
      ...(hasDestination && { destinationNodeId }),
    };
  return { seed: fromNode(workflow, origin, from) };
}

/** The items an execution began with: what its trigger gave, or what the node that never ran was to get. */
function startOver(workflow: CompiledWorkflow, { id, runs, snapshot }: RetryOrigin): RetryStart {
  const first = runs.find(({ sources }) => sources.every((source) => source === null));
  const unfinished = snapshot?.open.find(({ inputs }) => inputs.some((input) => input && 'items' in input));
  const nodeId = first?.nodeId ?? unfinished?.nodeId;
  if (nodeId === undefined || !workflow.nodes.has(nodeId)) throw new EngineError('RETRY_NODE_GONE', { id });
  const port = first?.outputs.findIndex(({ length }) => length > 0) ?? -1;
  if (first && port >= 0)
    return { startNodeId: nodeId, startPort: port, input: [...(first.outputs[port]?.read() ?? [])] };
  const at = unfinished?.inputs.findIndex((input) => input !== null) ?? 0;
  const input = unfinished?.inputs[at];
  const items: readonly Item[] = input && 'items' in input ? input.items : [{ json: {} }];
  return { startNodeId: nodeId, startPort: Math.max(at, 0), input: items };
}

function goOn(workflow: CompiledWorkflow, { id, runs, units, snapshot }: RetryOrigin): RunSeed {
  if (!snapshot) throw new EngineError('RETRY_NOTHING_LEFT', { id });
  const isThere = ({ nodeId }: { nodeId: string }) => workflow.nodes.has(nodeId);
  // Somebody who asks for it again has decided that its effect may happen again.
  const open = snapshot.open.filter(isThere).map(({ nodeId, inputs, runIndex, wait }) => ({
    ...{ nodeId, inputs, runIndex },
    ...(wait && wait.resume?.kind !== 'decision' && { wait }),
  }));
  if (open.length === 0 && snapshot.queue.ready.filter(isThere).length === 0)
    throw new EngineError('RETRY_NODE_GONE', { id });
  return {
    reused: runs.filter(isThere),
    deliveries: [],
    snapshot: { ...snapshot, open },
    // What failed, or was given up, is tried again.
    units: units.filter(isDone),
    isCopy: true,
  };
}

function fromNode(
  workflow: CompiledWorkflow,
  { id, runs }: RetryOrigin,
  { nodeId, items }: Extract<RetryPoint, { kind: 'node' }>,
): RunSeed {
  if (!workflow.nodes.has(nodeId)) throw new EngineError('RETRY_NODE_GONE', { id });
  const ancestors = workflow.graph.ancestors(nodeId);
  const isOver = ({ status }: NodeRunState) => status === 'success';
  const reused = runs.filter((run) => ancestors.has(run.nodeId) && run.nodeId !== nodeId && isOver(run));
  const before = runs.findLast((run) => run.nodeId === nodeId);
  if (!before && !items) throw new EngineError('RETRY_NODE_NEVER_RAN', { id });
  const deliveries: Delivery[] = (before?.sources ?? [null]).flatMap((source, inputIndex): Delivery[] => {
    const at = reused.findIndex((run) => run.nodeId === source?.nodeId && run.runIndex === source.runIndex);
    const given = reused[at];
    const isEdited = inputIndex === 0 && items !== undefined;
    if (!source || !given)
      return isEdited
        ? [{ nodeId, inputIndex, items: itemListOf(items.map((item) => paired(item))), source: null }]
        : [];
    // What was edited takes the place of what the node before gave, so that everything that looks back finds it there.
    if (isEdited) reused[at] = withOutput(given, source.outputIndex, items);
    return [
      { nodeId, inputIndex, items: reused[at]?.outputs[source.outputIndex] ?? EMPTY_ITEM_LIST, source },
    ];
  });
  if (deliveries.length === 0) throw new EngineError('RETRY_NODE_NEVER_RAN', { id });
  const queue = { ready: [], passes: [], begun: reused.map((run) => run.nodeId) };
  return { reused, deliveries, snapshot: { queue, open: [], last: null }, isCopy: true };
}

/** The same run with these items at an output. As many as before descend from what those in their places did. */
function withOutput(run: NodeRunState, outputIndex: number, items: readonly Item[]): NodeRunState {
  const former = [...(run.outputs[outputIndex]?.read() ?? [])];
  const hasPlaces = former.length === items.length;
  const edited = items.map((item, index) => paired(item, hasPlaces ? former[index]?.pairedItem : undefined));
  return {
    ...run,
    outputs: run.outputs.map((list, index) => (index === outputIndex ? itemListOf(edited) : list)),
    itemCounts: run.itemCounts.map((count, index) => (index === outputIndex ? edited.length : count)),
  };
}

function paired({ pairedItem: _pairedItem, ...item }: Item, pairedItem?: Item['pairedItem']): Item {
  return pairedItem === undefined ? item : { ...item, pairedItem };
}
