import type { InputSource, Item, ParameterDescription, WorkflowDocument } from '../../contract/index.ts';
import type { PageScope } from '../expression/index.ts';
import { isEngineError, messageOf } from '../kernel/index.ts';
import { describeParameters, itemListOf } from '../node-kit/index.ts';
import type { CompiledNode, CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import { RunData } from './run-data.ts';
import { scopeOf } from './scope.ts';
import type { ExecutionServices } from './services.ts';

/** Items read per node for a preview; a preview shows one of them. */
const ITEM_LIMIT = 1000;

export interface PreviewRequest {
  /** The parameter's text without its leading `=`. */
  text: string;
  document: WorkflowDocument;
  nodeId: string;
  /** Whose run data the expression sees. */
  executionId?: string | undefined;
  itemIndex: number;
  /** Stand in for the node's input where there is no execution. */
  items?: readonly Item[] | undefined;
}

export interface PreviewResult {
  value?: unknown;
  error?: string;
  position?: number;
}

const BEFORE_FIRST_PAGE: PageScope = { request: {}, response: {}, pageCount: 0 };

/** Evaluates expressions for the editor, on the data of an execution. */
export function createPreview(
  services: ExecutionServices,
  compiler: Compiler,
): (request: PreviewRequest) => Promise<PreviewResult> {
  async function load(executionId: string | undefined): Promise<RunData> {
    const runData = new RunData();
    if (executionId === undefined) return runData;
    for (const run of await services.store.nodeRuns(executionId)) {
      const outputs = await services.store.outputs({
        executionId,
        nodeId: run.nodeId,
        runIndex: run.runIndex,
        limit: ITEM_LIMIT,
      });
      runData.add({ ...run, outputs: (outputs ?? []).map((items) => itemListOf(items)) });
    }
    return runData;
  }

  return async (request) => {
    const expression = attempt(() => services.expressions.compile(request.text));
    if ('error' in expression) return expression;
    const compiled = await compiler.compile(request.document);
    const node = compiled.nodes.get(request.nodeId);
    if (!node) return { error: `There is no node "${request.nodeId}".` };
    const runData = await load(request.executionId);
    const sources = inputSources(compiled, node, runData);
    const items = request.items ?? itemsOf(runData, sources[0]) ?? [];
    const seen = scopeOf(
      {
        owner: `preview-${compiled.document.id ?? compiled.document.name}`,
        workflow: compiled,
        runData,
        about: { id: compiled.document.id ?? null, name: compiled.document.name, active: false },
        execution: { id: request.executionId ?? '', mode: 'test', resumeUrl: null, resumeFormUrl: null },
        vars: {},
        env: services.env,
        timezone: compiled.document.settings.timezone ?? services.timezone,
        now: () => services.clock.now(),
      },
      { node, runIndex: 0, items, sources },
    );
    const asksForPages = hasDeferred(describeParameters(node.definition.parameters));
    const scope = asksForPages ? { ...seen, page: BEFORE_FIRST_PAGE } : seen;
    const [results] = await services.expressions.evaluate([expression.value], scope, [request.itemIndex]);
    const result = results?.[0];
    if (!result) return {};
    if ('value' in result) return result.value === undefined ? {} : { value: result.value };
    const { reason, position } = result.error;
    return position === undefined ? { error: reason } : { error: reason, position };
  };
}

function attempt<T>(make: () => T): { value: T } | { error: string; position?: number } {
  try {
    return { value: make() };
  } catch (error) {
    if (!isEngineError(error)) return { error: messageOf(error) };
    const { reason, position } = error.facts;
    return { error: String(reason ?? error.message), ...(typeof position === 'number' && { position }) };
  }
}

/** Where the node's input came from in that execution, or would come from by the connections. */
function inputSources(
  workflow: CompiledWorkflow,
  node: CompiledNode,
  runData: RunData,
): Array<InputSource | null> {
  const past = runData.run(node.id);
  if (past) return past.sources;
  for (const source of workflow.nodes.values()) {
    const outputIndex = source.outgoing.findIndex((targets) =>
      targets?.some((target) => target.nodeId === node.id && target.inputIndex === 0),
    );
    const run = outputIndex < 0 ? undefined : runData.run(source.id);
    if (run) return [{ nodeId: source.id, outputIndex, runIndex: run.runIndex }];
  }
  return [];
}

function itemsOf(runData: RunData, source: InputSource | null | undefined): readonly Item[] | undefined {
  return source
    ? runData.run(source.nodeId, source.runIndex)?.outputs[source.outputIndex]?.read()
    : undefined;
}

/** Whether some expression of the node is evaluated page by page. */
function hasDeferred(descriptions: readonly ParameterDescription[]): boolean {
  return descriptions.some(
    (description) => description.deferred || ('fields' in description && hasDeferred(description.fields)),
  );
}
