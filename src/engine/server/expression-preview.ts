import type { InputSource, Item, WorkflowDocument } from '../../contract/index.ts';
import { RunData, scopeOf, type Compiler, type CompiledWorkflow } from '../execution/index.ts';
import type { ExpressionEngine, ExpressionScope } from '../expression/index.ts';
import { EngineError, isEngineError, type Clock, type Config } from '../kernel/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { ExecutionStore } from '../storage/index.ts';

export interface ExpressionPreviewRequest {
  text: string;
  document: WorkflowDocument;
  nodeId: string;
  executionId?: string;
  itemIndex: number;
  items?: Item[];
}

export type ExpressionPreview = { value?: unknown; error?: string; position?: number };

/** Items per port that a preview looks at: a form that is being typed into has to answer at once. */
const ITEM_LIMIT = 1000;

/** Evaluates one expression the way its node would, over what the last execution left behind. */
export function createExpressionPreview(parts: {
  compiler: Compiler;
  expressions: ExpressionEngine;
  store: ExecutionStore;
  clock: Clock;
  config: Config;
}) {
  return async (request: ExpressionPreviewRequest): Promise<ExpressionPreview> => {
    try {
      const expression = parts.expressions.compile(request.text.replace(/^=/, ''));
      const scope = await buildScope(request);
      if (scope.items.length === 0) return {};
      const itemIndex = Math.min(request.itemIndex, scope.items.length - 1);
      const [[result] = []] = await parts.expressions.evaluate([expression], scope, [itemIndex]);
      if (!result) return {};
      if ('value' in result) return result.value === undefined ? {} : { value: result.value };
      const { reason, position } = result.error;
      return position === undefined ? { error: reason } : { error: reason, position };
    } catch (error) {
      if (!isEngineError(error) || error.code === 'EXECUTION_NOT_FOUND') throw error;
      const { reason, position } = error.facts;
      return {
        error: typeof reason === 'string' ? reason : error.message,
        ...(typeof position === 'number' && { position }),
      };
    }
  };

  async function buildScope({
    document,
    nodeId,
    executionId,
    items,
  }: ExpressionPreviewRequest): Promise<ExpressionScope> {
    const workflow = await parts.compiler.compile(document);
    const node = workflow.nodes.get(nodeId);
    if (!node)
      throw new EngineError('INPUT_INVALID', { reason: `there is no node "${nodeId}" in the workflow` });
    const runData = executionId ? await loadRuns(workflow, executionId) : new RunData();
    const sources = sourcesOf(workflow, runData, nodeId);
    const timezone = document.settings.timezone ?? parts.config.timezone;
    return scopeOf(
      {
        // Apart from the owners of executions, so that a half-typed text never shares a context with a run.
        owner: `preview-${executionId ?? ''}`,
        workflow,
        runData,
        about: { id: document.id ?? null, name: document.name, active: false },
        execution: { id: executionId ?? '', mode: 'test', resumeUrl: null },
        vars: {},
        env: parts.config.expressionEnv,
        timezone,
        now: () => parts.clock.now(),
      },
      { node, runIndex: 0, items: items ?? firstItems(runData, sources[0]), sources },
    );
  }

  async function loadRuns(workflow: CompiledWorkflow, executionId: string): Promise<RunData> {
    const runData = new RunData();
    for (const run of await parts.store.nodeRuns(executionId)) {
      if (!workflow.nodes.has(run.nodeId)) continue;
      const outputs = await parts.store.outputs({
        executionId,
        nodeId: run.nodeId,
        runIndex: run.runIndex,
        limit: ITEM_LIMIT,
      });
      runData.add({ ...run, outputs: (outputs ?? []).map((list) => itemListOf(list)) });
    }
    return runData;
  }
}

/** Where the node's input came from in that execution; where it would come from now when it did not run. */
function sourcesOf(
  workflow: CompiledWorkflow,
  runData: RunData,
  nodeId: string,
): ReadonlyArray<InputSource | null> {
  const lastRun = runData.run(nodeId);
  if (lastRun && lastRun.sources.length > 0) return lastRun.sources;
  for (const { from, to } of workflow.document.connections) {
    if (to.node !== nodeId || to.port !== 'main' || to.index !== 0) continue;
    const run = runData.run(from.node);
    if (run && (run.outputs[from.index]?.length ?? 0) > 0) {
      return [{ nodeId: from.node, outputIndex: from.index, runIndex: run.runIndex }];
    }
  }
  return [];
}

function firstItems(runData: RunData, source: InputSource | null | undefined): readonly Item[] {
  return (source && runData.run(source.nodeId, source.runIndex)?.outputs[source.outputIndex]?.read()) ?? [];
}
