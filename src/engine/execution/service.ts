import type { ExecutionSummary, Item } from '../../contract/index.ts';
import { createId, EngineError } from '../kernel/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import { errorItem, errorTriggerOf, errorWorkflowOf } from './error-workflow.ts';
import { ExecutionRun } from './execution-run.ts';
import { Recorder } from './recorder.ts';
import { RunData } from './run-data.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import { createSpill } from './spill.ts';
import { planStart, type ReusableRuns } from './start-plan.ts';
import type { ExecutionResult, ExecutionService, RunningExecution, StartRequest } from './types.ts';

/** Levels of sub-workflows below which one more is taken for a call without an end. */
const DEPTH_LIMIT = 50;

export function createExecutionService(services: ExecutionServices, compiler: Compiler): ExecutionService {
  const running = new Map<string, { run: ExecutionRun; finished: Promise<ExecutionResult> }>();
  let isDraining = false;

  async function start(request: StartRequest): Promise<RunningExecution> {
    if (isDraining) throw new EngineError('ENGINE_STOPPING');
    const compiled = await compiler.compile(request.document);
    const reusable = request.reuseExecutionId ? await loadReusable(request.reuseExecutionId) : null;
    const { workflow, reused, deliveries } = planStart(compiled, request, reusable);
    const { document } = request;
    const { settings } = document;
    const timezone = settings.timezone ?? services.timezone;
    const now = services.clock.now();
    const summary: ExecutionSummary = {
      id: createId(now),
      workflowId: request.workflowId,
      workflowName: document.name,
      version: request.version,
      status: 'running',
      mode: request.mode,
      startedAt: now,
      finishedAt: null,
      durationMs: null,
      error: null,
    };
    const { id, workflowId, workflowName, version, status, mode, startedAt } = summary;
    const insert = {
      id,
      workflowId,
      workflowName,
      version,
      status,
      mode,
      startedAt,
      document,
      bootId: services.bootId,
      parentExecutionId: request.parentExecutionId ?? null,
    };
    const recorder = new Recorder({
      store: services.store,
      clock: services.clock,
      insert,
      save: settings.save ?? 'all',
      onFailure: (error) => {
        services.logger.error(
          { err: error, executionId: id },
          'The progress of an execution could not be stored',
        );
        run.cancel();
      },
    });
    const run: ExecutionRun = new ExecutionRun({
      services,
      workflow,
      summary,
      settings,
      timezone,
      usesPinnedData: mode === 'manual',
      recorder,
      spill: createSpill({ thresholdBytes: services.spillBytes }),
      scope: {
        owner: ownerOf(request),
        workflow,
        runData: new RunData(),
        about: { id: workflowId, name: workflowName, active: version !== null },
        execution: { id, mode: mode === 'manual' ? 'test' : 'production', resumeUrl: null },
        vars: {},
        env: services.env,
        timezone,
        now: () => services.clock.now(),
        stateOf: (nodeId) => run.stateOf(nodeId),
      },
      seed: { reused, deliveries },
      respond: request.respond,
      runWorkflow: (sub, signal) => runSubWorkflow(sub, request, id, signal),
    });
    if (request.store === 'start') await recorder.flush();
    if (services.events.isWatched)
      services.events.publish({ type: 'execution-started', execution: { ...summary } });
    const finished = run.run();
    running.set(id, { run, finished });
    void finished.then(() => {
      running.delete(id);
      return startErrorWorkflow(summary, compiled);
    });
    return {
      id,
      summary,
      // Flushing now is only for callers that ask: a short execution is stored once, at its end.
      get stored() {
        return recorder.flush();
      },
      finished,
    };
  }

  async function runSubWorkflow(
    sub: SubWorkflowRequest,
    parent: StartRequest,
    parentId: string,
    signal: AbortSignal,
  ): Promise<{ executionId: string; items: Item[] }> {
    const depth = (parent.depth ?? 0) + 1;
    if (depth > DEPTH_LIMIT) throw new EngineError('SUB_WORKFLOW_DEPTH', { limit: DEPTH_LIMIT });
    const published = await services.workflows.published(sub.workflowId);
    if (!published) throw new EngineError('WORKFLOW_NOT_PUBLISHED', { name: sub.workflowId });
    const compiled = await compiler.compile(published.document);
    const begin =
      compiled.triggers.find(({ definition }) => definition.trigger?.kind === 'sub-workflow') ??
      compiled.triggers[0];
    const child = await start({
      document: published.document,
      workflowId: published.id,
      version: published.version,
      mode: 'sub-workflow',
      ...(begin && { startNodeId: begin.id }),
      input: sub.items,
      parentExecutionId: parentId,
      depth,
      store: sub.wait ? 'first-write' : 'start',
    });
    if (!sub.wait) return { executionId: child.id, items: [] };
    const cancel = () => running.get(child.id)?.run.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const result = await child.finished;
    signal.removeEventListener('abort', cancel);
    if (result.status !== 'success') {
      throw new EngineError('SUB_WORKFLOW_FAILED', {
        workflow: published.name,
        reason: result.error?.message,
        executionId: child.id,
      });
    }
    return { executionId: child.id, items: [...result.lastItems] };
  }

  /** A failure here is logged only: it must not fail what failed already. */
  async function startErrorWorkflow(failed: ExecutionSummary, compiled: CompiledWorkflow): Promise<void> {
    const errorWorkflowId = errorWorkflowOf(failed, compiled.document, compiled);
    if (errorWorkflowId === null || isDraining) return;
    try {
      const published = await services.workflows.published(errorWorkflowId);
      if (!published) throw new EngineError('WORKFLOW_NOT_PUBLISHED', { name: errorWorkflowId });
      const startNodeId = errorTriggerOf(await compiler.compile(published.document));
      if (startNodeId === undefined) throw new EngineError('TRIGGER_MISSING');
      await start({
        document: published.document,
        workflowId: published.id,
        version: published.version,
        mode: 'error',
        startNodeId,
        input: [errorItem(failed, services.executionUrl(failed.id))],
        store: 'start',
      });
    } catch (error) {
      services.logger.warn(
        { err: error, executionId: failed.id, errorWorkflowId },
        'An error workflow could not be started',
      );
    }
  }

  async function loadReusable(executionId: string): Promise<ReusableRuns | null> {
    const execution = await services.store.get(executionId);
    if (!execution) return null;
    const summaries = await services.store.nodeRuns(executionId);
    const runs = await Promise.all(
      summaries.map(async (run) => {
        const outputs =
          (await services.store.outputs({ executionId, nodeId: run.nodeId, runIndex: run.runIndex })) ?? [];
        return { ...run, outputs: outputs.map((items) => itemListOf(items)) };
      }),
    );
    return { document: execution.document, runs };
  }

  return {
    start,
    async stop(executionId) {
      const known = running.get(executionId);
      if (known) {
        known.run.cancel();
        await known.finished;
        return { ...known.run.summary };
      }
      const stored = await services.store.get(executionId);
      throw new EngineError(stored ? 'EXECUTION_FINISHED' : 'EXECUTION_NOT_FOUND', { id: executionId });
    },
    running: () => Array.from(running.values(), ({ run }) => ({ ...run.summary })),
    async drain(graceMs) {
      isDraining = true;
      const all = Array.from(running.values());
      let stopTimer = () => {};
      const grace = new Promise<void>((resolve) => {
        stopTimer = services.clock.schedule(graceMs, resolve);
      });
      await Promise.race([Promise.all(all.map(({ finished }) => finished)), grace]);
      stopTimer();
      for (const { run } of running.values()) run.cancel();
      await Promise.all(all.map(({ finished }) => finished));
    },
  };
}

/** Sandbox contexts are shared within one version of one workflow; a draft has its own per document. */
const draftOwners = new WeakMap<object, string>();
let drafts = 0;

function ownerOf({ document, workflowId, version }: StartRequest): string {
  if (workflowId !== null && version !== null) return `${workflowId}@${version}`;
  let owner = draftOwners.get(document);
  if (!owner) draftOwners.set(document, (owner = `draft-${drafts++}`));
  return owner;
}
