import type { ExecutionSummary, WorkflowDocument, WorkflowSettings } from '../../contract/index.ts';
import { createId, EngineError, toExecutionError } from '../kernel/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import type { CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import { Admission, type Applicant } from './admission.ts';
import { createErrorStarter } from './error-workflow.ts';
import { ExecutionRun } from './execution-run.ts';
import type { ExecutionRunOptions } from './run-options.ts';
import { createRecovery } from './recovery.ts';
import { createEndTeller } from './tell-end.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import { ExecutionFacts, hashToken, ResumeToken } from './resume-token.ts';
import { RunData, type NodeRunState } from './run-data.ts';
import { ownerOf } from './sandbox-owner.ts';
import type { ExecutionServices } from './services.ts';
import { ExecutionSnapshot } from './snapshot.ts';
import { createSpill } from './spill.ts';
import { planRetry } from './retry-plan.ts';
import { createSubWorkflows, type Parent } from './sub-workflows.ts';
import { planStart, restrictTo, type ReusableRuns } from './start-plan.ts';
import { WaitAlarm } from './wait-alarm.ts';
import type {
  Caller,
  ExecutionResult,
  ExecutionService,
  RetryRequest,
  RunningExecution,
  StartRequest,
} from './types.ts';

/** Waits up to this long are sat out in memory. */
const SHORT_WAIT_MS = 60_000;

/** An execution that has not ended. */
interface Held extends Parent {
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
  const admission = new Admission(services.limits);
  let isDraining = false;

  async function start(request: StartRequest): Promise<RunningExecution> {
    if (isDraining) throw new EngineError('ENGINE_STOPPING');
    if (request.mode === 'webhook') admission.refuseBeyondLimit();
    const compiled = await compiler.compile(request.document);
    const reusable = request.reuseExecutionId ? await loadReusable(request.reuseExecutionId) : null;
    const { workflow, ...begin } = request.seed
      ? { workflow: restrictTo(compiled, request.destinationNodeId) }
      : planStart(compiled, request, reusable);
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
      parentExecutionId: request.parent?.executionId ?? null,
      parentCall: request.parent?.call ?? null,
      retryOf: request.retryOf ?? null,
      ...(request.startKeys && { startKeys: request.startKeys }),
      ...(request.slot && { slot: request.slot }),
    };
    const { destinationNodeId, depth, seed, parent } = request;
    const recorder = recorderOf(summary, settings, {
      insert,
      isAwaited: request.parent?.waits ?? false,
    });
    const about = {
      ...(destinationNodeId !== undefined && { destinationNodeId }),
      ...(depth !== undefined && { depth }),
      ...(parent?.waits && { awaited: true as const }),
    };
    const holder = hold(summary, request.caller ?? {});
    const run = makeRun(holder, {
      compiled: workflow,
      document,
      recorder,
      about,
      seed: seed ?? { reused: [], deliveries: [], ...begin },
    });
    const isQueued = !enter(holder, settings);
    if (isQueued) {
      summary.status = 'queued';
      insert.status = 'queued';
    }
    // What waits for its turn is not to get lost; and people who watch ask for it as soon as they hear of it.
    // What no other execution may have begun for is found out before anything runs.
    const isStoredFirst =
      isQueued || request.startKeys !== undefined || (request.store === 'start' && mode === 'manual');
    if (isStoredFirst) {
      await recorder.flush().catch((error: unknown) => {
        held.delete(id);
        run.abandon();
        throw error;
      });
    }
    if (services.events.isWatched)
      services.events.publish({ type: 'execution-started', execution: { ...summary } });
    if (isQueued) {
      admission.queue(applicantOf(summary, settings), () => run.run());
      return new Handle(holder, recorder);
    }
    run.run();
    if (request.store === 'start' && !isStoredFirst) {
      // What the trigger gave goes into the first commit, and a short execution is one commit in all.
      await nextTurn();
      void recorder.flush().catch(() => run.cancel());
    }
    return new Handle(holder, recorder);
  }

  /** Whether it runs at once. What people watch, and what a running execution waits for, does in any case. */
  function enter({ summary }: Held, settings: WorkflowSettings): boolean {
    const applicant = applicantOf(summary, settings);
    if (summary.mode !== 'manual' && summary.mode !== 'sub-workflow') return admission.enter(applicant);
    admission.take(applicant);
    return true;
  }

  async function retry(request: RetryRequest): Promise<RunningExecution> {
    const { executionId, from, current, caller } = request;
    const origin = await services.store.get(executionId);
    if (!origin) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
    if (origin.finishedAt === null) throw new EngineError('EXECUTION_UNFINISHED', { id: executionId });
    const { document, version } = current ?? origin;
    const compiled = await compiler.compile(document);
    const [runs, units, raw] = await Promise.all([
      loadRuns(executionId),
      services.store.units(executionId),
      services.store.checkpoint(executionId),
    ]);
    const snapshot = raw === null ? null : ExecutionSnapshot.parse(JSON.parse(raw));
    const plan = planRetry(compiled, { id: executionId, runs, units, snapshot }, from);
    return start({
      ...plan,
      document,
      workflowId: origin.workflowId,
      version,
      mode: 'retry',
      retryOf: executionId,
      store: 'start',
      ...(caller && { caller }),
    });
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
      borrowed: [],
      children: new Map(),
    };
    held.set(summary.id, holder);
    return holder;
  }

  function recorderOf(
    { id }: ExecutionSummary,
    settings: WorkflowSettings,
    about: Pick<RecorderOptions, 'insert' | 'isAwaited' | 'hasCrashed' | 'units'>,
  ): Recorder {
    return new Recorder({
      store: services.store,
      clock: services.clock,
      executionId: id,
      ...about,
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
        execution: new ExecutionFacts(
          { id, mode: mode === 'manual' ? 'test' : 'production' },
          token,
          services.resumeUrl,
        ),
        vars: {},
        env: services.env,
        timezone,
        now: () => services.clock.now(),
        stateOf: (nodeId) => run.stateOf(nodeId),
        marks: () => run.marks,
      },
      caller,
      token,
      onRunning: () => admission.take(applicantOf(summary, settings)),
      onWaiting: (dueAt) => {
        admission.leave(id);
        if (isDraining || dueAt === null || dueAt - services.clock.now() > SHORT_WAIT_MS)
          letSleep(holder, dueAt);
      },
      runWorkflow: (sub, call, signal) =>
        subWorkflows.run(sub, { holder, call, depth: (rest.about.depth ?? 0) + 1 }, signal),
    });
    holder.run = run;
    holder.recorder = rest.recorder;
    holder.atRest = follow(holder, run);
    return run;
  }

  /** What is to be done when the run has ended or left memory. */
  async function follow(holder: Held, run: ExecutionRun): Promise<void> {
    const { summary } = holder;
    const left = services.beginRun?.(summary.id, run.workflow.document.settings);
    const result = await run.ended;
    left?.();
    admission.leave(summary.id);
    if (!result) return;
    await returnBorrowed(holder);
    held.delete(summary.id);
    holder.settle(result);
    if (summary.mode !== 'manual') services.onFinished(summary);
    if (!isDraining) void errorStarter.begin(summary, run.workflow);
  }

  async function returnBorrowed({ borrowed, summary }: Held): Promise<void> {
    for (const executionId of borrowed) {
      await services.store
        .commit({ executionId, discard: true })
        .catch((error: unknown) =>
          services.logger.error(
            { err: error, executionId: summary.id },
            'A sub-execution could not be removed',
          ),
        );
    }
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
    let loading = waking.get(id);
    if (!loading) {
      loading = load(id).finally(() => waking.delete(id));
      waking.set(id, loading);
    }
    return loading;
  }

  async function load(id: string): Promise<Held | null> {
    if (isDraining) throw new EngineError('ENGINE_STOPPING');
    const [stored, raw] = await Promise.all([services.store.get(id), services.store.checkpoint(id)]);
    if (!stored || raw === null || stored.finishedAt !== null) return null;
    const { document, bootId, ...summary } = stored;
    if (bootId !== services.bootId) await services.store.claim(id, services.bootId);
    const snapshot = ExecutionSnapshot.parse(JSON.parse(raw));
    const { destinationNodeId, depth, awaited } = snapshot;
    const whole = await compiler.compile(document);
    const compiled = restrictTo(whole, destinationNodeId);
    const [reused, units, children] = await Promise.all([
      loadRuns(id),
      services.store.units(id),
      services.store.children(id),
    ]);
    const holder = held.get(id) ?? hold(summary, {});
    for (const child of children) if (child.call !== null) holder.children.set(child.call, child);
    const run = makeRun(holder, {
      compiled,
      document,
      recorder: recorderOf(holder.summary, document.settings, {
        isAwaited: awaited ?? false,
        hasCrashed: true,
        units,
      }),
      about: {
        ...(destinationNodeId !== undefined && { destinationNodeId }),
        ...(depth !== undefined && { depth }),
        ...(awaited && { awaited }),
      },
      seed: { reused, deliveries: [], snapshot, units },
    });
    const { status } = holder.summary;
    if (status === 'queued' && !enter(holder, document.settings)) {
      admission.queue(applicantOf(holder.summary, document.settings), () => run.run());
      return holder;
    }
    if (status === 'running') admission.take(applicantOf(holder.summary, document.settings));
    run.run();
    return holder;
  }

  async function loadReusable(executionId: string): Promise<ReusableRuns | null> {
    const execution = await services.store.get(executionId);
    if (!execution) return null;
    return { document: execution.document, runs: await loadRuns(executionId) };
  }

  async function loadRuns(executionId: string): Promise<NodeRunState[]> {
    const runs = await services.store.wholeRuns(executionId);
    return runs.map((run) => ({ ...run, outputs: run.outputs.map((items) => itemListOf(items)) }));
  }

  const errorStarter = createErrorStarter({ services, compiler, start });
  const recovery = createRecovery({
    ...{ services, wake, admission },
    setAlarm: (dueAt) => alarm.set(dueAt),
    isKnown: (id) => held.has(id),
    onEnded: createEndTeller({ services, compiler, errorStarter }),
  });
  const subWorkflows = createSubWorkflows({
    ...{ services, compiler, start },
    find: async (id) => held.get(id) ?? (await wake(id)),
  });

  const awake = () => [...held.values()].filter(({ run }) => run !== null);

  return {
    start,
    async findWait(token, fits) {
      const wanted = hashToken(token);
      const ids = awake().map(({ summary }) => summary.id);
      const storedId = await services.store.findWaiting(wanted);
      for (const id of storedId === null ? ids : [storedId, ...ids]) {
        const holder = held.get(id)?.run ? held.get(id) : id === storedId ? await wake(id) : undefined;
        const open = holder?.run?.waits
          .openWaits()
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
      if (!holder.run.waits.resume(wait, items)) {
        Object.assign(holder.caller, before);
        throw new EngineError('WAIT_OVER');
      }
      return new Handle(holder, holder.recorder);
    },
    async recover() {
      const recovered = await recovery.recover();
      await errorStarter.catchUp();
      return recovered;
    },
    async undecided(executionId) {
      const holder = await wake(executionId);
      return holder?.run?.waits.undecided() ?? [];
    },
    async decide({ executionId, ...place }, decision) {
      const holder = await wake(executionId);
      if (!holder?.run?.waits.decide(place, decision)) throw new EngineError('WAIT_OVER');
      await holder.recorder?.flush();
    },
    async settle({ executionId, ...about }, decision) {
      const holder = await wake(executionId);
      if (!holder?.run?.waits.settle(about, decision))
        throw new EngineError('DECISION_OVER', { id: executionId });
      await holder.recorder?.flush();
      return { ...holder.summary };
    },
    retry,
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
      recovery.stop();
      await alarm.stop();
      const all = awake();
      for (const holder of all) {
        if (holder.summary.status === 'queued') await holder.run?.leave();
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
      const left = awake();
      await Promise.all(left.map(({ run }) => run?.leave()));
      await services.store.release(left.map(({ summary }) => summary.id));
      // Whoever waits for an answer gets none from an execution that goes on after a restart.
      const error = toExecutionError(new EngineError('EXECUTION_LEFT'));
      for (const { summary, settle } of held.values())
        settle({ id: summary.id, status: 'cancelled', error, durationMs: 0, lastItems: [] });
    },
  };
}

/** One execution, for whoever began it. */
class Handle implements RunningExecution {
  readonly id: string;
  readonly summary: ExecutionSummary;
  readonly finished: Promise<ExecutionResult>;
  readonly #recorder: Recorder;

  constructor({ summary, finished }: Held, recorder: Recorder) {
    this.id = summary.id;
    this.summary = summary;
    this.finished = finished;
    this.#recorder = recorder;
  }

  /** Flushing now is only for callers that ask: a short execution is stored once, at its end. */
  get stored(): Promise<void> {
    return this.#recorder.flush();
  }
}

function applicantOf(
  { id, workflowId }: ExecutionSummary,
  { concurrency, priority = 'normal' }: WorkflowSettings,
): Applicant {
  return { id, workflow: workflowId ?? id, limit: concurrency ?? null, priority };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
