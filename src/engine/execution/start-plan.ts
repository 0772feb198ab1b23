import { wiresInto, workOf, type WorkflowDocument, type WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import type { Delivery } from './delivery-queue.ts';
import { deliveriesOf } from './deliveries.ts';
import type { NodeRunState } from './run-data.ts';
import type { StartRequest } from './types.ts';

/** What an execution begins with. */
export interface StartPlan {
  /** The nodes that take part. */
  workflow: CompiledWorkflow;
  reused: NodeRunState[];
  deliveries: Delivery[];
}

/** What an earlier execution has to offer to a partial one. */
export interface ReusableRuns {
  document: WorkflowDocument;
  runs: readonly NodeRunState[];
}

/** Throws TRIGGER_MISSING or START_NODE_AMBIGUOUS when it is not clear where to begin. */
export function planStart(
  workflow: CompiledWorkflow,
  request: StartRequest,
  reusable: ReusableRuns | null,
): StartPlan {
  const { destinationNodeId } = request;
  if (destinationNodeId === undefined) {
    return {
      workflow,
      reused: [],
      deliveries: [begin(startNode(workflow, workflow.triggers, request), request)],
    };
  }
  const destination = workflow.nodes.get(destinationNodeId);
  if (!destination)
    throw new EngineError('WORKFLOW_INVALID', { reason: `there is no node "${destinationNodeId}"` });
  const partial = restrictTo(workflow, destinationNodeId);
  const reused = reusable
    ? chooseReusable(partial, destinationNodeId, reusable)
    : new Map<string, NodeRunState>();
  const deliveries = frontier(partial, reused);
  if (deliveries.length === 0) {
    const begins = partial.triggers.length > 0 ? partial.triggers : roots(partial);
    deliveries.push(begin(startNode(partial, begins, request), request));
  }
  return { workflow: partial, reused: [...reused.values()], deliveries };
}

function startNode(
  workflow: CompiledWorkflow,
  candidates: readonly CompiledNode[],
  request: StartRequest,
): CompiledNode {
  if (request.startNodeId !== undefined) {
    const named = workflow.nodes.get(request.startNodeId);
    if (named) return named;
  }
  const [only, ...others] = candidates;
  if (!only) throw new EngineError('TRIGGER_MISSING');
  if (others.length === 0) return only;
  // Of several, people who press Run mean the one made for it.
  const manual = candidates.filter(({ definition }) => definition.trigger?.kind === 'manual');
  const [chosen] = manual;
  if (request.mode === 'manual' && chosen && manual.length === 1) return chosen;
  throw new EngineError('START_NODE_AMBIGUOUS', { names: candidates.map(({ node }) => node.name) });
}

/** A trigger passes each input on at the output of the same index. */
function begin(node: CompiledNode, { input = [{ json: {} }], startPort = 0 }: StartRequest): Delivery {
  const items = input.map(({ pairedItem: _pairedItem, ...item }) => item);
  return { nodeId: node.id, inputIndex: startPort, items: itemListOf(items), source: null };
}

/** The workflow with only that node in it and what leads to it; all of it when there is none. */
export function restrictTo(
  workflow: CompiledWorkflow,
  destinationNodeId: string | undefined,
): CompiledWorkflow {
  if (destinationNodeId === undefined) return workflow;
  const needed = new Set([...workflow.graph.ancestors(destinationNodeId), destinationNodeId]);
  const nodes = new Map<string, CompiledNode>();
  for (const node of workflow.nodes.values()) {
    if (!needed.has(node.id)) continue;
    const outgoing = Array.from(node.outgoing, (targets) =>
      targets?.filter((target) => needed.has(target.nodeId)),
    );
    nodes.set(node.id, { ...node, outgoing });
  }
  return { ...workflow, nodes, triggers: workflow.triggers.filter((node) => needed.has(node.id)) };
}

function roots(workflow: CompiledWorkflow): CompiledNode[] {
  return [...workflow.nodes.values()].filter((node) => node.connectedInputs.length === 0);
}

/**
 * Runs of nodes that are the same as then, all the way up from them. Nodes that ran more than once, in a loop, run
 * again: their last run alone would not tell the whole.
 */
function chooseReusable(
  workflow: CompiledWorkflow,
  destinationNodeId: string,
  { document, runs }: ReusableRuns,
): Map<string, NodeRunState> {
  const before = new Map(document.nodes.map((node) => [node.id, node]));
  const runsOf = Map.groupBy(runs, (run) => run.nodeId);
  const chosen = new Map<string, NodeRunState>();
  const isUsable = (node: CompiledNode): boolean => {
    const past = runsOf.get(node.id) ?? [];
    const isSame =
      isSameNode(before.get(node.id), node.node) &&
      wiresInto(document, node.id) === wiresInto(workflow.document, node.id);
    return (
      node.id !== destinationNodeId &&
      past.length === 1 &&
      past[0]?.status === 'success' &&
      !past[0].error &&
      isSame
    );
  };
  let grew = true;
  while (grew) {
    grew = false;
    for (const node of workflow.nodes.values()) {
      const [run] = runsOf.get(node.id) ?? [];
      if (!run || chosen.has(node.id) || !isUsable(node)) continue;
      const parents = run.sources.filter((source) => source !== null);
      if (!parents.every((source) => chosen.has(source.nodeId))) continue;
      chosen.set(node.id, run);
      grew = true;
    }
  }
  return chosen;
}

function isSameNode(before: WorkflowNode | undefined, now: WorkflowNode): boolean {
  return before !== undefined && workOf(before) === workOf(now);
}

/** What the reused runs send to nodes that have to run. */
function frontier(workflow: CompiledWorkflow, reused: ReadonlyMap<string, NodeRunState>): Delivery[] {
  const deliveries: Delivery[] = [];
  for (const [nodeId, run] of reused) {
    const node = workflow.nodes.get(nodeId);
    if (node) deliveries.push(...deliveriesOf(node, run).filter((delivery) => !reused.has(delivery.nodeId)));
  }
  return deliveries;
}
