import type {
  ExecutionDetail,
  ExecutionFilterInput,
  NodeRun,
  WorkflowDocument,
} from '../../../contract/index.ts';
import { compareForRetry } from '../../execution/index.ts';
import { EngineError } from '../../kernel/index.ts';
import { localizeProblems } from '../localize-problems.ts';
import type { RequestContext, Services } from '../services.ts';
import { implementer } from './implementer.ts';

const { executions } = implementer;

/** What one call of the search looks at: a second or two of work. */
const SEARCH_LIMITS = { executions: 20_000, bytes: 256 * 1024 ** 2 };

export const executionHandlers = {
  list: executions.list.handler(({ input, context }) =>
    context.services.storage.executions.list(toFilter(input)),
  ),

  search: executions.search.handler(({ input, context, signal }) =>
    context.services.storage.executions.search(
      { ...toFilter(input), text: input.text, limits: SEARCH_LIMITS },
      signal,
    ),
  ),

  get: executions.get.handler(async ({ input, context: { services } }): Promise<ExecutionDetail> => {
    const store = services.storage.executions;
    const { bootId: _bootId, ...execution } = await find(services, input.id);
    const nodeRuns: NodeRun[] = [];
    for (const run of await store.nodeRuns(input.id)) {
      const { nodeId, runIndex } = run;
      // Callers that only watch the status ask for no items, again and again.
      const outputs =
        input.itemLimit > 0
          ? await store.outputs({ executionId: input.id, nodeId, runIndex, limit: input.itemLimit })
          : null;
      nodeRuns.push({ ...run, outputs: outputs ?? run.itemCounts.map(() => []) });
    }
    return { ...execution, nodeRuns };
  }),

  items: executions.items.handler(async ({ input, context: { services } }) => {
    const { id: executionId, nodeId, runIndex, port, offset, limit } = input;
    const runs = await services.storage.executions.nodeRuns(executionId);
    const run = runs.find((candidate) => candidate.nodeId === nodeId && candidate.runIndex === runIndex);
    if (!run) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
    const outputs = await services.storage.executions.outputs({
      executionId,
      nodeId,
      runIndex,
      offset,
      limit,
    });
    return { items: outputs?.[port] ?? [], total: run.itemCounts[port] ?? 0 };
  }),

  start: executions.start.handler(async ({ input, context }) => {
    const { services } = context;
    const stored = await services.storage.workflows.get(input.workflowId);
    const document = input.document ?? stored?.document;
    if (!document) throw new EngineError('WORKFLOW_NOT_FOUND', { id: input.workflowId });
    await refuseInvalid(context, document, input.destinationNode);
    const running = await services.executions.start({
      document,
      // A draft that was never saved has no workflow its execution could belong to.
      workflowId: stored ? stored.id : null,
      version: null,
      mode: 'manual',
      ...(input.startNode !== undefined && { startNodeId: findNode(document, input.startNode) }),
      ...(input.destinationNode !== undefined && {
        destinationNodeId: findNode(document, input.destinationNode),
      }),
      ...(input.reuseExecutionId !== undefined && { reuseExecutionId: input.reuseExecutionId }),
      ...(input.input && { input: input.input }),
      store: 'start',
    });
    await running.stored;
    return running.summary;
  }),

  retry: executions.retry.handler(async ({ input, context: { services } }) => {
    const { id, from, node, items, version } = input;
    const current = version === 'current' ? await currentOf(services, id) : undefined;
    const document = current?.document ?? (await find(services, id)).document;
    const running = await services.executions.retry({
      executionId: id,
      from:
        from === 'node'
          ? { kind: 'node', nodeId: findNode(document, node ?? ''), ...(items && { items }) }
          : { kind: from },
      ...(current && { current }),
    });
    await running.stored;
    return running.summary;
  }),

  compareWithCurrent: executions.compareWithCurrent.handler(async ({ input, context: { services } }) => {
    const { document } = await find(services, input.id);
    const current = await currentOf(services, input.id);
    const runs = await services.storage.executions.nodeRuns(input.id);
    return { items: compareForRetry(document, current.document, new Set(runs.map(({ nodeId }) => nodeId))) };
  }),

  undecided: executions.undecided.handler(async ({ input, context: { services } }) => {
    const { document, status } = await find(services, input.id);
    const nameOf = (id: string) => document.nodes.find((node) => node.id === id)?.name ?? id;
    const runs = status === 'waiting' ? await services.executions.undecided(input.id) : [];
    return { items: runs.map((run) => ({ ...run, nodeName: nameOf(run.nodeId) })) };
  }),

  decide: executions.decide.handler(({ input, context: { services } }) => {
    const { id, nodeId, runIndex, unit, choice, items = [] } = input;
    return services.executions.settle(
      { executionId: id, nodeId, runIndex, ...(unit !== undefined && { unit }) },
      choice === 'done' ? { choice, items } : { choice },
    );
  }),

  listen: executions.listen.handler(async ({ input, context }) => {
    await refuseInvalid(context, input.document, input.destinationNode);
    return context.services.activation.listen({ ...input, nodeId: findNode(input.document, input.nodeId) });
  }),

  stopListening: executions.stopListening.handler(async ({ input: { workflowId }, context }) => {
    await context.services.activation.stopListening(workflowId);
    return { workflowId };
  }),

  // Not looked up: of an execution that is not to be kept nothing is stored any more.
  stop: executions.stop.handler(({ input, context: { services } }) => services.executions.stop(input.id)),

  callbacks: executions.callbacks.handler(async ({ input, context: { services } }) => ({
    items: await services.storage.callbacks.list(input.id),
  })),

  sendCallback: executions.sendCallback.handler(async ({ input, context: { services } }) => {
    const { id, callbackId } = input;
    const callback = await services.storage.callbacks.sendAgain(id, callbackId, services.clock.now());
    if (!callback) throw new EngineError('CALLBACK_NOT_FOUND', { id: callbackId });
    services.sendCallbacks();
    return callback;
  }),

  delete: executions.delete.handler(async ({ input, context }) => ({
    deleted: await context.services.storage.executions.delete(input.ids),
  })),
};

function toFilter({ status, mode, markKey, markValue, ...rest }: ExecutionFilterInput) {
  return {
    ...rest,
    ...(status !== undefined && { status: [status].flat() }),
    ...(mode !== undefined && { mode: [mode].flat() }),
    ...(markKey !== undefined && {
      mark: { key: markKey, ...(markValue !== undefined && { value: markValue }) },
    }),
  };
}

/** The workflow as it would run now: what is published, or the draft where the execution ran one. */
async function currentOf(services: Services, executionId: string) {
  const { workflowId, version } = await find(services, executionId);
  if (workflowId !== null && version !== null) {
    const published = await services.storage.workflows.published(workflowId);
    if (published) return { document: published.document, version: published.version };
  }
  const stored = workflowId === null ? null : await services.storage.workflows.get(workflowId);
  if (!stored) throw new EngineError('WORKFLOW_NOT_FOUND', { id: workflowId });
  return { document: stored.document, version: null };
}

async function find(services: Services, id: string) {
  const execution = await services.storage.executions.get(id);
  if (!execution) throw new EngineError('EXECUTION_NOT_FOUND', { id });
  return execution;
}

/**
 * Refuses a document that cannot run. With a destination only problems of the whole document count: a half-filled
 * node elsewhere must not keep a user from trying the one at hand, and one in the way fails by itself. A node with
 * pinned data does not run, so it need not be complete.
 */
async function refuseInvalid(
  { services, locale }: RequestContext,
  document: WorkflowDocument,
  destinationNode: string | undefined,
): Promise<void> {
  const problems = localizeProblems(await services.documents.validate(document), locale).filter(
    ({ severity, nodeId }) =>
      severity === 'error' &&
      (nodeId === undefined || (destinationNode === undefined && !document.pinnedData?.[nodeId])),
  );
  const [first] = problems;
  if (first) throw new EngineError('WORKFLOW_INVALID', { reason: first.message, problems });
}

/** Callers may name a node by id or by name; ids win. */
function findNode(document: WorkflowDocument, idOrName: string): string {
  const node =
    document.nodes.find(({ id }) => id === idOrName) ?? document.nodes.find(({ name }) => name === idOrName);
  if (!node)
    throw new EngineError('INPUT_INVALID', { reason: `there is no node "${idOrName}" in the workflow` });
  return node.id;
}
