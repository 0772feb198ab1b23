import type { ExecutionMarks, InputSource, Item } from '../../contract/index.ts';
import type { ExpressionScope, NodeScope } from '../expression/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import { traceItem } from './lineage.ts';
import type { RunData } from './run-data.ts';

/** What is the same for every node of one execution. */
export interface ExecutionScope {
  owner: string;
  workflow: CompiledWorkflow;
  runData: RunData;
  about: ExpressionScope['workflow'];
  execution: ExpressionScope['execution'];
  vars: ExpressionScope['vars'];
  env: ExpressionScope['env'];
  timezone: string;
  now(): number;
  /** What nodes remember within this execution; absent where none is going on. */
  stateOf?(nodeId: string): Readonly<Record<string, unknown>>;
  /** How the execution is marked by now; absent where none is going on. */
  marks?(): ExecutionMarks;
}

/** What the expressions of one node run can see. */
export function scopeOf(
  shared: ExecutionScope,
  run: {
    node: CompiledNode;
    runIndex: number;
    items: readonly Item[];
    sources: readonly (InputSource | null)[];
  },
): ExpressionScope {
  const source = run.sources[0] ?? null;
  return {
    owner: shared.owner,
    items: run.items,
    nodeId: run.node.id,
    nodeName: run.node.node.name,
    nodeVersion: run.node.node.typeVersion,
    runIndex: run.runIndex,
    get previousNode() {
      const name = source && shared.workflow.nodes.get(source.nodeId)?.node.name;
      return name ? { name, outputIndex: source.outputIndex, runIndex: source.runIndex } : null;
    },
    workflow: shared.about,
    execution: shared.execution,
    customData: { all: () => shared.marks?.() ?? {} },
    vars: shared.vars,
    env: shared.env,
    timezone: shared.timezone,
    now: shared.now(),
    parameters: run.node.node.parameters,
    node(name) {
      const node = shared.workflow.byName.get(name);
      return node && nodeScope(node, shared);
    },
    pairedItem(name, itemIndex) {
      const target = shared.workflow.byName.get(name);
      if (!target) return { broken: `there is no node called "${name}"` };
      return traceItem(shared.runData, run.sources, itemIndex, { id: target.id, name });
    },
  };
}

function nodeScope({ id, node, definition }: CompiledNode, { runData, stateOf }: ExecutionScope): NodeScope {
  return {
    name: node.name,
    get runCount() {
      return runData.runs(id).length;
    },
    parameters: node.parameters,
    get context() {
      return definition.expressionContext?.(stateOf?.(id) ?? {}) ?? {};
    },
    items(runIndex, outputIndex) {
      const run = runData.run(id, runIndex);
      if (!run) return undefined;
      // Without a port, the first one that has items: what follows an IF wants the branch that was taken.
      const list =
        outputIndex === undefined
          ? (run.outputs.find((output) => output.length > 0) ?? run.outputs[0])
          : run.outputs[outputIndex];
      return list?.read() ?? [];
    },
  };
}
