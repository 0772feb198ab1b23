import type { ExecutionSummary, Item, WorkflowDocument, WorkflowSettings } from '../../contract/index.ts';
import { createId, EngineError } from '../kernel/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { ExecutionInsert } from '../storage/index.ts';
import type { CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import { errorItem, errorTriggerOf, errorWorkflowOf } from './error-workflow.ts';
import { ExecutionRun, type ExecutionRunOptions } from './execution-run.ts';
import { Recorder } from './recorder.ts';
import { hashToken, ResumeToken } from './resume-token.ts';
import { RunData, type NodeRunState } from './run-data.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import { ExecutionSnapshot } from './snapshot.ts';
import { createSpill } from './spill.ts';
import { planStart, restrictTo, type ReusableRuns } from './start-plan.ts';
import { WaitAlarm } from './wait-alarm.ts';
import type { Caller, ExecutionResult, ExecutionService, RunningExecution, StartRequest } from './types.ts';

/** Levels of sub-workflows below which one more is taken for a call without an end. */
const DEPTH_LIMIT = 50;

/** Waits up to this long are sat out in memory. */
const SHORT_WAIT_MS = 60_000;

/** An execution that has not ended. */
interface Held {
  summary: ExecutionSummary;
  caller: Caller;
  /** Null while it waits and has left memory. */
  run: ExecutionRun | null;
  recorder: Recorder | null;
  finished: Promise<ExecutionResult>;
  settle(result: ExecutionResult): void;
  /** Resolves when it has ended or left memory. */
  atRest: Promise<unknown>;
}

export function createExecutionService(services: ExecutionServices, compiler: Compiler): ExecutionService {
  const held = new Map<string, Held>();
  const alarm = new WaitAlarm({ ...services, wake });
  const waking = new Map<string, Promise<Held | null>>();
  let isDraining = false;

  async function start(request: StartRequest): Promise<RunningExecution> {
    if (isDraining) throw new EngineError('ENGINE_STOPPING');
    const compiled = await compiler.compile(request.document);
    const reusable = request.reuseExecutionId ? await loadReusable(request.reuseExecutionId) : null;
    const { workflow, reused, deliveries } = planStart(compiled, request, reusable);
    const { document } = request;
    const { settings } = document;
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
    const recorder = recorderOf(summary, settings, insert);
    const { destinationNodeId, depth } = request;
    const about = {
      ...(destinationNodeId !== undefined && { destinationNodeId }),
      ...(depth !== undefined && { depth }),
    };
    const holder = hold(summary, request.caller ?? {});
    const run = makeRun(holder, {
      compiled: workflow,
      document,
      recorder,
      about,
      seed: { reused, deliveries },
    });
    if (request.store === 'start') await recorder.flush();
    if (services.events.isWatched)
      services.events.publish({ type: 'execution-started', execution: { ...summary } });
    launch(holder, run);
    return handleOf(holder, recorder);
  }

  function hold(summary: ExecutionSummary, caller: Caller): Held {
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    const holder: Held = {
      summary,
      caller,
      run: null,
      recorder: null,
      finished: promise,
      settle: resolve,
      atRest: promise,
    };
    held.set(summary.id, holder);
    return holder;
  }

  function recorderOf(
    { id }: ExecutionSummary,
    settings: WorkflowSettings,
    insert?: ExecutionInsert,
  ): Recorder {
    return new Recorder({
      store: services.store,
      clock: services.clock,
      executionId: id,
      ...(insert && { insert }),
      save: settings.save ?? 'all',
      onFailure: (error) => {
        services.logger.error(
          { err: error, executionId: id },
          'The progress of an execution could not be stored',
        );
        held.get(id)?.run?.cancel();
      },
    });
  }

  function makeRun(
    holder: Held,
    parts: Pick<ExecutionRunOptions, 'recorder' | 'about' | 'seed'> & {
      compiled: CompiledWorkflow;
      document: WorkflowDocument;
    },
  ): ExecutionRun {
    const { summary, caller } = holder;
    const { compiled, document, ...rest } = parts;
    const { settings } = document;
    const { id, workflowId, workflowName, version, mode } = summary;
    const timezone = settings.timezone ?? services.timezone;
    const token = new ResumeToken();
    const run: ExecutionRun = new ExecutionRun({
      ...rest,
      services,
      workflow: compiled,
      summary,
      settings,
      timezone,
      usesPinnedData: mode === 'manual',
      spill: createSpill({ thresholdBytes: services.spillBytes }),
      scope: {
        owner: ownerOf({ document, workflowId, version }),
        workflow: compiled,
        runData: new RunData(),
        about: { id: workflowId, name: workflowName, active: version !== null },
        execution: {
          id,
          mode: mode === 'manual' ? 'test' : 'production',
          get resumeUrl() {
            return services.resumeUrl('webhook', token.text);
          },
          get resumeFormUrl() {
            return services.resumeUrl('form', token.text);
          },
        },
        vars: {},
        env: services.env,
        timezone,
        now: () => services.clock.now(),
        stateOf: (nodeId) => run.stateOf(nodeId),
        marks: () => run.marks,
      },
      caller,
      token,
      onWaiting: (dueAt) => {
        if (isDraining || dueAt === null || dueAt - services.clock.now() > SHORT_WAIT_MS)
          letSleep(holder, dueAt);
      },
      runWorkflow: (sub, signal) => runSubWorkflow(sub, rest.about.depth ?? 0, id, signal),
    });
    holder.run = run;
    holder.recorder = rest.recorder;
    return run;
  }

  function launch(holder: Held, run: ExecutionRun): void {
    const { summary } = holder;
    holder.atRest = run.run().then((result) => {
      if (!result) return;
      held.delete(summary.id);
      holder.settle(result);
      if (summary.mode !== 'manual') services.onFinished(summary);
      void startErrorWorkflow(summary, run.workflow);
    });
  }

  /** Nothing of a waiting execution but its caller stays in memory. */
  function letSleep(holder: Held, dueAt: number | null): void {
    if (!holder.run?.suspend()) return;
    holder.run = null;
    holder.recorder = null;
    if (dueAt !== null) alarm.set(dueAt);
  }

  /** The execution in memory, loaded when it has left it; null when it does not wait. */
  function wake(id: string): Promise<Held | null> {
    const known = held.get(id);
    if (known?.run) return Promise.resolve(known);
    let load = waking.get(id);
    if (!load) {
      load = loadWaiting(id).finally(() => waking.delete(id));
      waking.set(id, load);
    }
    return load;
  }

  async function loadWaiting(id: string): Promise<Held | null> {
    if (isDraining) throw new EngineError('ENGINE_STOPPING');
    const [stored, raw] = await Promise.all([services.store.get(id), services.store.snapshot(id)]);
    if (!stored || raw === undefined) return null;
    const { document, bootId: _bootId, ...summary } = stored;
    const snapshot = ExecutionSnapshot.parse(raw);
    const { destinationNodeId, depth } = snapshot;
    const whole = await compiler.compile(document);
    const compiled = destinationNodeId === undefined ? whole : restrictTo(whole, destinationNodeId);
    const reused = await loadRuns(id);
    const holder = held.get(id) ?? hold(summary, {});
    const run = makeRun(holder, {
      compiled,
      document,
      recorder: recorderOf(holder.summary, document.settings),
      about: {
        ...(destinationNodeId !== undefined && { destinationNodeId }),
        ...(depth !== undefined && { depth }),
      },
      seed: { reused, deliveries: [], snapshot },
    });
    launch(holder, run);
    return holder;
  }

  async function runSubWorkflow(
    sub: SubWorkflowRequest,
    parentDepth: number,
    parentId: string,
    signal: AbortSignal,
  ): Promise<{ executionId: string; items: Item[] }> {
    const depth = parentDepth + 1;
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
    const cancel = () => void wake(child.id).then((holder) => holder?.run?.cancel());
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
    return { document: execution.document, runs: await loadRuns(executionId) };
  }

  async function loadRuns(executionId: string): Promise<NodeRunState[]> {
    const summaries = await services.store.nodeRuns(executionId);
    return Promise.all(
      summaries.map(async (run) => {
        const outputs =
          (await services.store.outputs({ executionId, nodeId: run.nodeId, runIndex: run.runIndex })) ?? [];
        return { ...run, outputs: outputs.map((items) => itemListOf(items)) };
      }),
    );
  }

  const awake = () => [...held.values()].filter(({ run }) => run !== null);

  return {
    start,
    async findWait(token, fits) {
      const wanted = hashToken(token);
      const ids = awake().map(({ summary }) => summary.id);
      const storedId = await services.store.findWaiting(wanted);
      for (const id of storedId === null ? ids : [storedId, ...ids]) {
        const holder = held.get(id)?.run ? held.get(id) : id === storedId ? await wake(id) : undefined;
        const open = holder?.run
          ?.openWaits()
          .find(({ tokenHash, resume }) => tokenHash === wanted && fits(resume));
        if (!holder?.run || !open) continue;
        const { nodeId, runIndex, resume } = open;
        const { document } = holder.run.workflow;
        return { executionId: id, nodeId, runIndex, resume, document, summary: { ...holder.summary } };
      }
      return null;
    },
    async resume(wait, items, caller = {}) {
      const holder = await wake(wait.executionId);
      if (!holder?.run || !holder.recorder) throw new EngineError('WAIT_OVER');
      const before = { ...holder.caller };
      Object.assign(holder.caller, caller);
      if (!holder.run.resume(wait, items)) {
        Object.assign(holder.caller, before);
        throw new EngineError('WAIT_OVER');
      }
      return handleOf(holder, holder.recorder);
    },
    async decide({ executionId, ...place }, decision) {
      const holder = await wake(executionId);
      if (!holder?.run?.decide(place, decision)) throw new EngineError('WAIT_OVER');
      await holder.recorder?.flush();
    },
    async restoreWaits() {
      const dueAt = await services.store.nextDue(0);
      if (dueAt !== null) alarm.set(dueAt);
    },
    async stop(executionId) {
      const known = await wake(executionId);
      if (known) {
        known.run?.cancel();
        await known.finished;
        return { ...known.summary };
      }
      const stored = await services.store.get(executionId);
      throw new EngineError(stored ? 'EXECUTION_FINISHED' : 'EXECUTION_NOT_FOUND', { id: executionId });
    },
    running: () => awake().map(({ summary }) => ({ ...summary })),
    async drain(graceMs) {
      isDraining = true;
      await alarm.stop();
      const all = awake();
      for (const holder of all) {
        if (holder.summary.status !== 'waiting') continue;
        await holder.recorder?.flush();
        letSleep(holder, null);
      }
      let stopTimer = () => {};
      const grace = new Promise<void>((resolve) => {
        stopTimer = services.clock.schedule(graceMs, resolve);
      });
      await Promise.race([Promise.all(all.map(({ atRest }) => atRest)), grace]);
      stopTimer();
      for (const { run } of awake()) run?.cancel();
      await Promise.all(all.map(({ atRest }) => atRest));
    },
  };
}

function handleOf({ summary, finished }: Held, recorder: Recorder): RunningExecution {
  return {
    id: summary.id,
    summary,
    // Flushing now is only for callers that ask: a short execution is stored once, at its end.
    get stored() {
      return recorder.flush();
    },
    finished,
  };
}

/** Sandbox contexts are shared within one version of one workflow; a draft has its own per document. */
const draftOwners = new WeakMap<object, string>();
let drafts = 0;

function ownerOf({
  document,
  workflowId,
  version,
}: Pick<StartRequest, 'document' | 'workflowId' | 'version'>): string {
  if (workflowId !== null && version !== null) return `${workflowId}@${version}`;
  let owner = draftOwners.get(document);
  if (!owner) draftOwners.set(document, (owner = `draft-${drafts++}`));
  return owner;
}
