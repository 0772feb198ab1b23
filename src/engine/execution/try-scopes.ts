import type { ExecutionError, InputSource, Item } from '../../contract/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import type { NodeRunState, RunData } from './run-data.ts';

/** Which node catches the failures of which: nodes in a scope by id, with the innermost node that opened one. */
export type TryScopes = ReadonlyMap<string, CompiledNode>;

const known = new WeakMap<CompiledWorkflow, TryScopes>();

/**
 * The scopes of a workflow. A node is in one when every way to it from a beginning of the workflow leads through the
 * scope's output; nothing connected to the other output means that nothing is caught.
 */
export function tryScopes(workflow: CompiledWorkflow): TryScopes {
  let scopes = known.get(workflow);
  if (!scopes) known.set(workflow, (scopes = findScopes(workflow)));
  return scopes;
}

function findScopes(workflow: CompiledWorkflow): TryScopes {
  const innermost = new Map<string, CompiledNode>();
  const members = new Map<string, Set<string>>();
  for (const node of workflow.nodes.values()) {
    const { scope } = node.definition;
    if (!scope || node.node.disabled || !node.outgoing[scope.catch]?.length) continue;
    const within = reachable(workflow, targetsOf(node, scope.output), null);
    for (const id of reachable(workflow, beginnings(workflow), node)) within.delete(id);
    members.set(node.id, within);
  }
  // Scopes lie within each other or apart, so that the smaller one is the inner one.
  const bySize = [...members].sort(([, a], [, b]) => b.size - a.size);
  for (const [opener, within] of bySize) {
    const node = workflow.nodes.get(opener);
    if (node) for (const id of within) innermost.set(id, node);
  }
  return innermost;
}

function beginnings(workflow: CompiledWorkflow): string[] {
  const isTarget = new Set(
    [...workflow.nodes.values()].flatMap(({ outgoing }) =>
      outgoing.flatMap((targets) => targets?.map(({ nodeId }) => nodeId) ?? []),
    ),
  );
  return [...workflow.nodes.keys()].filter((id) => !isTarget.has(id));
}

/** Everything reached from there, those included, without going into the scope that `closed` opens. */
function reachable(
  workflow: CompiledWorkflow,
  from: readonly string[],
  closed: CompiledNode | null,
): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = workflow.nodes.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    node.outgoing.forEach((_targets, output) => {
      if (node !== closed || output !== closed.definition.scope?.output)
        open.push(...targetsOf(node, output));
    });
  }
  return seen;
}

const targetsOf = (node: CompiledNode, output: number): string[] =>
  node.outgoing[output]?.map(({ nodeId }) => nodeId) ?? [];

/** Whether the node lies in the scope that `opener` opens, or in one within it. */
export function isWithin(scopes: TryScopes, nodeId: string, opener: CompiledNode): boolean {
  for (let scope = scopes.get(nodeId); scope; scope = scopes.get(scope.id)) if (scope === opener) return true;
  return false;
}

/** The run of `opener` that these items descend from; undefined when none does. */
export function openedBy(
  opener: CompiledNode,
  sources: readonly (InputSource | null)[],
  runData: Pick<RunData, 'run'>,
): number | undefined {
  const seen = new Set<string>();
  const open = sources.filter((source) => source !== null);
  for (let source = open.pop(); source; source = open.pop()) {
    const { nodeId, runIndex } = source;
    if (nodeId === opener.id) return runIndex;
    const key = `${runIndex} ${nodeId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(runData.run(nodeId, runIndex)?.sources.filter((parent) => parent !== null) ?? []));
  }
  return undefined;
}

/** What leaves at `catch`: the failure, and what the scope was entered with. */
function caughtItem(error: ExecutionError, opened: NodeRunState, opener: CompiledNode): Item {
  const { message, code, description, nodeName, runIndex, itemIndex, details } = error;
  const entered = opened.outputs[opener.definition.scope?.output ?? 0]?.read() ?? [];
  return {
    json: {
      error: {
        message,
        code,
        ...(description !== undefined && { description }),
        ...(nodeName !== undefined && { node: nodeName }),
        ...(runIndex !== undefined && { runIndex }),
        ...(itemIndex !== undefined && { itemIndex }),
        ...(details && { details }),
      },
      input: entered.map(({ json }) => json),
    },
    pairedItem: entered.map((_item, index) => ({ item: index })),
  };
}

/** Adds the caught failure to the run that opened the scope, at its other output. */
export function addCaught(opened: NodeRunState, opener: CompiledNode, error: ExecutionError): void {
  const outputs = [...opened.outputs];
  outputs[opener.definition.scope?.catch ?? 1] = itemListOf([caughtItem(error, opened, opener)]);
  opened.outputs = outputs;
  opened.itemCounts = outputs.map((list) => list.length);
}
