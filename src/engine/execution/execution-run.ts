import type {
  ExecutionError,
  ExecutionMarks,
  ExecutionSummary,
  InputSource,
  Item,
} from '../../contract/index.ts';
import { EngineError, toExecutionError } from '../kernel/index.ts';
import { EMPTY_ITEM_LIST, itemListOf, type ItemList, type WebhookResponse } from '../node-kit/index.ts';
import { callbackOf } from './callback-of.ts';
import { followUpOf } from './error-workflow.ts';
import type { CompiledWorkflow } from './compiled-workflow.ts';
import { beginOf, deliveriesOf } from './deliveries.ts';
import { DeliveryQueue, type BranchOrder, type ReadyRun } from './delivery-queue.ts';
import type { EffectUnits } from './effect-units.ts';
import { KeptValues } from './kept-values.ts';
import type { ExecutionHandle } from './node-context.ts';
import { toOutputLists } from './node-output.ts';
import { runNode, type EffectAttempt, type NodeOutcome } from './node-runner.ts';
import { openRun, OpenRuns, type OpenAbout, type OpenNodeRun } from './open-runs.ts';
import { hasApprovals } from './pending-approvals.ts';
import { type RunData, type NodeRunState } from './run-data.ts';
import { RunEvents } from './run-events.ts';
import type { ExecutionRunOptions, RunSeed } from './run-options.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import type { ExecutionSnapshot, OpenRun } from './snapshot.ts';
import { isFinished, type FinalStatus } from './status.ts';
import { addCaught, isWithin, openedBy, tryScopes, type TryScopes } from './try-scopes.ts';
import type { ExecutionResult } from './types.ts';
import { Waits } from './waits.ts';

/** How often one node may run in one execution (design §9). */
export const NODE_RUN_LIMIT = 10_000;
/** Tells what still listens after an ordinary end. Made once: an error with its stack costs more than a node run. */
const ENDED = new EngineError('EXECUTION_CANCELLED');
/** A chain of quick nodes lets other work in after this long. */
const YIELD_AFTER_MS = 10;

/** One execution from its first delivery to its end: the run loop of design §9. */
export class ExecutionRun implements ExecutionHandle {
  readonly services: ExecutionServices;
  readonly about: ExecutionHandle['about'];
  readonly timezone: string;
  readonly summary: ExecutionSummary;
  /**
   * Resolves, never rejects, when the execution has ended and everything of it is stored; with null when it left memory
   * before its end.
   */
  readonly ended: Promise<ExecutionResult | null>;
  readonly #options: ExecutionRunOptions;
  readonly #events: RunEvents;
  readonly #queue: DeliveryQueue;
  readonly #isSequential: boolean;
  readonly #runData: RunData;
  readonly #abort = new AbortController();
  readonly #open = new OpenRuns();
  readonly #states = new Map<string, Record<string, unknown>>();
  readonly #runCounts = new Map<string, number>();
  #startedAt: number;
  readonly #kept: KeptValues;
  readonly #scopes: TryScopes;
  /** What stops single runs: those whose scope may be left before they end. */
  readonly #runAborts = new Map<NodeRunState, AbortController>();
  readonly #begin: ExecutionSnapshot['begin'];
  /** Node runs that were under way elsewhere and are not yet here. */
  #toReopen: readonly OpenRun[];
  #last: NodeRunState | undefined;
  #waits: Waits | undefined;
  #lastYield: number;
  /** Marks that no write has taken yet: that of the node run which set them will. */
  #hasNewMarks = false;
  #hasEnded = false;
  #settle: (result: ExecutionResult | null) => void = () => {};

  constructor(options: ExecutionRunOptions) {
    const order: BranchOrder = options.settings.branchOrder ?? 'parallel';
    const { summary, services, seed, workflow } = options;
    this.#options = options;
    this.services = services;
    this.summary = summary;
    this.timezone = options.timezone;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.about = {
      id: summary.id,
      mode: summary.mode,
      workflowId: summary.workflowId,
      workflowName: summary.workflowName,
    };
    this.#events = new RunEvents(services.events, {
      executionId: summary.id,
      workflowId: summary.workflowId,
    });
    this.#queue = new DeliveryQueue(workflow, order);
    this.#scopes = tryScopes(workflow);
    this.#isSequential = order !== 'parallel';
    this.#runData = options.scope.runData;
    this.#lastYield = services.clock.monotonic();
    this.#startedAt = this.#lastYield - (services.clock.now() - summary.startedAt);
    this.#kept = new KeptValues(services.keptData, summary.workflowId);
    this.#begin = seed.snapshot?.begin ?? beginOf(workflow, seed.deliveries);
    options.recorder.checkpointWith(() => JSON.stringify(this.#snapshot()));
    this.#toReopen = seed.snapshot?.open ?? [];
    this.#takeOver(seed);
  }

  get workflow(): CompiledWorkflow {
    return this.#options.workflow;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Made when first asked for: most executions wait for nothing. */
  get waits(): Waits {
    return (this.#waits ??= new Waits({
      options: this.#options,
      events: this.#events,
      open: this.#open,
      about: this.about,
      signal: this.signal,
      complete: (open, outcome) => this.#complete(open, outcome),
      pump: () => this.#pump(),
      cancel: () => this.cancel(),
    }));
  }

  /** Begins, or goes on from where the seed says. */
  run(): void {
    if (this.#hasEnded) return;
    if (this.summary.status === 'queued') {
      this.summary.status = 'running';
      this.#options.recorder.setStatus('running');
      this.#startedAt = this.services.clock.monotonic();
    }
    const { timeoutMs } = this.#options.settings;
    if (timeoutMs) {
      const stop = this.services.clock.schedule(timeoutMs, () =>
        this.#end('failed', new EngineError('EXECUTION_TIMEOUT', { limitMs: timeoutMs })),
      );
      this.signal.addEventListener('abort', stop, { once: true });
    }
    if (this.#options.seed.snapshot)
      this.#restore().catch((error: unknown) => this.#end('failed', toExecutionError(error)));
    else this.#pump();
  }

  /** Ends the execution now, whatever its nodes do. */
  cancel(): void {
    this.#end('cancelled', new EngineError('EXECUTION_CANCELLED'));
  }

  stateOf(nodeId: string): Record<string, unknown> {
    let state = this.#states.get(nodeId);
    if (!state) this.#states.set(nodeId, (state = {}));
    return state;
  }

  keptValue(key: string): Promise<unknown> {
    return this.#kept.get(key);
  }

  get marks(): ExecutionMarks {
    return this.summary.marks ?? {};
  }

  mark(marks: ExecutionMarks): void {
    this.summary.marks = { ...this.summary.marks, ...marks };
    this.#hasNewMarks = true;
  }

  respond(response: WebhookResponse): boolean {
    const { caller } = this.#options;
    const { respond } = caller;
    if (!respond) return false;
    caller.respond = undefined;
    respond(response);
    return true;
  }

  runWorkflow(request: SubWorkflowRequest, call: string): Promise<{ executionId: string; items: Item[] }> {
    return this.#options.runWorkflow(request, call, this.signal);
  }

  /** Launches all that can run now; ends the execution when nothing can and nothing is under way. */
  #pump(): void {
    while (!this.#hasEnded) {
      if (this.#isSequential && this.#open.size > 0) {
        this.waits.showWaiting();
        return;
      }
      if (this.services.clock.monotonic() - this.#lastYield > YIELD_AFTER_MS) {
        setImmediate(() => {
          this.#lastYield = this.services.clock.monotonic();
          this.#pump();
        });
        return;
      }
      const next = this.#queue.take() ?? this.#queue.takeIncomplete(this.#open.nodeIds());
      if (next) {
        this.#launch(next);
        continue;
      }
      if (this.#open.size === 0) this.#end('success', null);
      else this.waits.showWaiting();
      return;
    }
  }

  #launch(ready: ReadyRun): void {
    const { node } = ready.node;
    if (
      ready.node.definition.needsAllInputs &&
      ready.node.connectedInputs.some((index) => !ready.inputs[index])
    )
      return;
    const runIndex = this.#runCounts.get(node.id) ?? 0;
    if (runIndex >= NODE_RUN_LIMIT) {
      this.#fail(
        new EngineError('NODE_RUN_LIMIT', { node: node.name, limit: NODE_RUN_LIMIT }),
        node,
        runIndex,
      );
      return;
    }
    this.#runCounts.set(node.id, runIndex + 1);
    this.#start(this.#openRun(ready, { runIndex }));
  }

  #openRun(ready: ReadyRun, about: OpenAbout): OpenNodeRun {
    const open = openRun(ready, about, {
      clock: this.services.clock,
      recorder: this.#options.recorder,
      units: this.#options.seed.units ?? [],
    });
    this.#open.add(open);
    return open;
  }

  #start(open: OpenNodeRun): void {
    this.#events.started(open.state);
    this.#execute(open).then(
      (outcome) => this.#onOutcome(open, outcome),
      (error: unknown) => this.#onFailure(open, error),
    );
  }

  async #execute(open: OpenNodeRun): Promise<NodeOutcome> {
    const { ready, state } = open;
    const pinned = this.#options.usesPinnedData
      ? this.#options.workflow.document.pinnedData?.[state.nodeId]
      : undefined;
    if (pinned && !ready.node.node.disabled) {
      state.pinned = true;
      const { spill } = this.#options;
      return { outputs: toOutputLists(pinned, { portCount: 1, inputs: ready.inputs, spill }), attempt: 1 };
    }
    return this.#runNode(ready, state, open.units, (about) => this.#beforeEffect(open, about));
  }

  #runNode(
    ready: ReadyRun,
    state: NodeRunState,
    units: () => EffectUnits,
    beforeEffect: (about: EffectAttempt) => Promise<readonly Item[] | undefined>,
  ): Promise<NodeOutcome> {
    return runNode({
      execution: this,
      scope: this.#options.scope,
      spill: this.#options.spill,
      run: ready,
      runIndex: state.runIndex,
      attempt: state.attempt,
      signal: this.#signalOf(state),
      logs: state.logs ?? [],
      onLog: (line) => this.#events.logged(state.nodeId, line),
      units,
      beforeEffect,
    });
  }

  #signalOf(state: NodeRunState): AbortSignal {
    if (!this.#scopes.has(state.nodeId)) return this.signal;
    const abort = new AbortController();
    this.#runAborts.set(state, abort);
    return AbortSignal.any([this.signal, abort.signal]);
  }

  /** The commit that starts an effect holds every pure output it depends on (design §9). */
  async #beforeEffect(open: OpenNodeRun, about: EffectAttempt): Promise<readonly Item[] | undefined> {
    const { state } = open;
    state.attempt = about.attempt;
    if (about.effect === 'unsafe') {
      const units = open.units();
      if (open.isUndecided) await this.waits.settleInterrupted(open, about);
      const whole = about.unit === 'run' ? units.outcome(0) : undefined;
      if (whole && 'error' in whole) throw whole.error;
      if (whole) return whole.result as readonly Item[];
      units.beStrict();
      open.isUnsafe = true;
    }
    this.#options.recorder.hold({ ...state });
    await this.#options.recorder.flush();
    return undefined;
  }

  #onOutcome(open: OpenNodeRun, outcome: NodeOutcome): void {
    if (this.#hasEnded || !this.#open.has(open.state)) return;
    if (outcome.wait && (outcome.wait.until ?? Infinity) > this.services.clock.now()) {
      this.waits.wait(open, { ...outcome, wait: outcome.wait });
      return;
    }
    this.#complete(open, outcome);
  }

  #complete(open: OpenNodeRun, outcome: NodeOutcome): void {
    const { state } = open;
    const { recorder } = this.#options;
    state.status = 'success';
    state.attempt = outcome.attempt;
    state.durationMs = this.services.clock.monotonic() - open.startedAt;
    state.outputs = outcome.outputs;
    state.itemCounts = outcome.outputs.map((list) => list.length);
    if (outcome.error) state.error = outcome.error;
    if (state.logs?.length === 0) delete state.logs;
    this.#open.remove(state);
    recorder.closeUnits(state);
    if (outcome.kept) recorder.keep(this.#kept.accept(outcome.kept));
    this.#keep(state);
    this.#events.finished(state);
    this.#queue.deliver(deliveriesOf(open.ready.node, state, this.#isSequential));
    this.#pump();
    // What cannot be told from doing it twice is to be known as done at once.
    if (open.isUnsafe && !this.#hasEnded) recorder.flush().catch(() => this.cancel());
  }

  /** Leaves memory while everything under way waits; storage has all it takes to go on. False when it cannot. */
  suspend(): boolean {
    if (this.#hasEnded || this.summary.status !== 'waiting') return false;
    this.#leaveMemory();
    return true;
  }

  /** Stops in the middle of whatever goes on; another process can go on from what is stored by then. */
  async leave(): Promise<void> {
    if (this.#hasEnded) return;
    const stored = this.#options.recorder.leave();
    this.#hasEnded = true;
    this.#abort.abort(ENDED);
    await stored.catch((error: unknown) =>
      this.services.logger.error(
        { err: error, executionId: this.summary.id },
        'Where an execution stands could not be stored',
      ),
    );
    this.#leaveMemory();
  }

  /** Leaves memory before anything ran: what was to be stored of it could not be. */
  abandon(): void {
    if (!this.#hasEnded) this.#leaveMemory();
  }

  #leaveMemory(): void {
    this.#hasEnded = true;
    this.#abort.abort(ENDED);
    this.#options.spill.dispose();
    this.#settle(null);
  }

  /** Stands where the seed says, so that a checkpoint does too; nothing goes on yet. */
  #takeOver({ reused, deliveries, snapshot, units = [], isCopy = snapshot === undefined }: RunSeed): void {
    const { recorder } = this.#options;
    const isOpen = new Set(this.#toReopen.map(runKey));
    for (const run of reused) {
      this.#count(run);
      if (isOpen.has(runKey(run))) continue;
      if (isCopy) this.#keep(run);
      else this.#runData.add(run);
    }
    for (const run of this.#toReopen) this.#count(run);
    if (isCopy) for (const { result, ...unit } of units) recorder.unit({ ...unit, result: () => result });
    if (snapshot?.marks) this.summary.marks = snapshot.marks;
    if (snapshot?.last) this.#last = this.#runData.run(snapshot.last.nodeId, snapshot.last.runIndex);
    if (snapshot) this.#queue.restore(snapshot.queue, (source) => this.#itemsOf(source));
    this.#queue.deliver(deliveries);
  }

  /** Sets going what was under way. */
  async #restore(): Promise<void> {
    await this.#remember();
    if (this.#hasEnded) return;
    const states = new Map(this.#options.seed.reused.map((run) => [runKey(run), run]));
    const toReopen = this.#toReopen;
    this.#toReopen = [];
    for (const stored of toReopen) this.#reopen(stored, states.get(runKey(stored)));
    this.#pump();
  }

  #reopen(stored: OpenRun, state: NodeRunState | undefined): void {
    const [ready] = this.#queue.load(stored, (source) => this.#itemsOf(source));
    if (!ready) return;
    const isWait = stored.wait && stored.wait.resume?.kind !== 'decision' && state;
    if (!isWait || !stored.wait) {
      this.#start(this.#openRun(ready, stored));
      return;
    }
    const { outputs, attempt, sources, startedAt } = state;
    const open = this.#openRun({ ...ready, sources }, { ...stored, attempt, startedAt });
    Object.assign(open.state, { status: 'waiting', outputs, logs: state.logs });
    const { until, resume, tokenHash } = stored.wait;
    this.waits.await(open, { outcome: { outputs: [...outputs], attempt }, until, resume, tokenHash });
  }

  /** Makes anew what nodes remember, by running them again on what they had. They are pure: nothing else happens. */
  async #remember(): Promise<void> {
    for (const node of this.#options.workflow.nodes.values()) {
      if (!node.definition.remembers) continue;
      for (const run of this.#runData.runs(node.id).toSorted((a, b) => a.runIndex - b.runIndex)) {
        const inputs = run.sources.map((source) => source && this.#itemsOf(source));
        if (this.#begin?.nodeId === node.id && run.sources.every((source) => source === null)) {
          const [input] = this.#begin.inputs.filter((stored) => stored !== null);
          inputs[0] = itemListOf(input && 'items' in input ? input.items : []);
        }
        const { sources } = run;
        const noUnits = () => {
          throw new EngineError('INTERNAL', { reason: `${node.node.type} remembers, but is not pure` });
        };
        const state = { ...run, attempt: 1, logs: [] };
        await this.#runNode({ node, inputs, sources }, state, noUnits, noUnits);
      }
    }
  }

  #itemsOf({ nodeId, runIndex, outputIndex }: InputSource): ItemList {
    return this.#runData.run(nodeId, runIndex)?.outputs[outputIndex] ?? EMPTY_ITEM_LIST;
  }

  #count({ nodeId, runIndex }: { nodeId: string; runIndex: number }): void {
    this.#runCounts.set(nodeId, Math.max(this.#runCounts.get(nodeId) ?? 0, runIndex + 1));
  }

  #snapshot(): ExecutionSnapshot {
    const { marks } = this.summary;
    return {
      ...this.#options.about,
      queue: this.#queue.snapshot(),
      open: [...this.#toReopen, ...this.#open.snapshot()],
      ...(this.#begin && { begin: this.#begin }),
      ...(marks && { marks }),
      last: this.#last ? { nodeId: this.#last.nodeId, runIndex: this.#last.runIndex } : null,
    };
  }

  #onFailure(open: OpenNodeRun, error: unknown): void {
    if (this.#hasEnded || !this.#open.has(open.state)) return;
    const { state } = open;
    state.durationMs = this.services.clock.monotonic() - open.startedAt;
    this.#fail(error, state, state.runIndex, state);
  }

  #fail(
    error: unknown,
    node: { id: string; name: string } | NodeRunState,
    runIndex: number,
    state?: NodeRunState,
  ): void {
    const { nodeId, nodeName } = 'nodeId' in node ? node : { nodeId: node.id, nodeName: node.name };
    const described = toExecutionError(error, { nodeId, nodeName, runIndex });
    if (state) {
      state.status = 'failed';
      state.error = described;
      this.#keep(state);
      this.#events.finished(state);
      if (this.#catch(state, described)) return;
    }
    this.#end('failed', described);
  }

  /** Leaves the scope that the failure happened in by its other output. False where there is no scope. */
  #catch(failed: NodeRunState, error: ExecutionError): boolean {
    const opener = this.#scopes.get(failed.nodeId);
    const runIndex = opener && openedBy(opener, failed.sources, this.#runData);
    const opened = runIndex === undefined ? undefined : this.#runData.run(opener?.id ?? '', runIndex);
    if (!opener || !opened) return false;
    const isDoomed = (nodeId: string, sources: NodeRunState['sources']) =>
      isWithin(this.#scopes, nodeId, opener) && openedBy(opener, sources, this.#runData) === runIndex;
    this.#open.remove(failed);
    this.#options.recorder.closeUnits(failed);
    this.#queue.drop(isDoomed);
    for (const open of this.#open.all())
      if (isDoomed(open.state.nodeId, open.state.sources))
        this.#drop(open, failed.startedAt + failed.durationMs);
    addCaught(opened, opener, error);
    this.#options.recorder.hold(opened);
    this.#events.finished(opened);
    const deliveries = deliveriesOf(opener, opened, this.#isSequential);
    this.#queue.deliver(
      deliveries.filter(({ source }) => source?.outputIndex === opener.definition.scope?.catch),
    );
    this.#pump();
    return true;
  }

  #drop({ state, waiting }: OpenNodeRun, now: number): void {
    waiting?.stop();
    if (waiting) this.signal.removeEventListener('abort', waiting.stop);
    this.#open.remove(state);
    if (waiting?.resume?.kind === 'approval') this.waits.showPending();
    state.status = 'cancelled';
    state.durationMs = Math.max(0, now - state.startedAt);
    this.#runAborts.get(state)?.abort(ENDED);
    this.#options.recorder.closeUnits(state);
    this.#options.recorder.hold(state);
    this.#events.finished(state);
  }

  #keep(state: NodeRunState): void {
    this.#runData.add(state);
    this.#options.recorder.hold(state);
    if (this.#hasNewMarks) this.#options.recorder.mark(this.marks);
    this.#hasNewMarks = false;
    if (state.outputs[0]) this.#last = state;
  }

  #end(status: FinalStatus, reason: EngineError | ExecutionError | null): void {
    if (this.#hasEnded || isFinished(this.summary.status)) return;
    this.#hasEnded = true;
    const error = reason instanceof Error ? toExecutionError(reason) : reason;
    for (const state of this.#open.states()) {
      if (state.status === 'failed') continue;
      state.status = 'cancelled';
      this.#options.recorder.hold(state);
      this.#events.finished(state);
    }
    if (this.#hasNewMarks) this.#options.recorder.mark(this.marks);
    if (hasApprovals(this.#open.waiting())) this.#options.recorder.setPending([]);
    this.#abort.abort(reason instanceof Error ? reason : ENDED);
    this.summary.status = status;
    this.summary.error = error;
    this.summary.finishedAt = this.services.clock.now();
    this.summary.durationMs = this.services.clock.monotonic() - this.#startedAt;
    void this.#finish(status, error);
  }

  async #finish(status: FinalStatus, error: ExecutionError | null): Promise<void> {
    const { summary } = this;
    const durationMs = summary.durationMs ?? 0;
    const result: ExecutionResult = { id: summary.id, status, error, durationMs, lastItems: [] };
    try {
      if (status === 'success') result.lastItems = this.#last?.outputs[0]?.read() ?? [];
      const callback = callbackOf(summary, this.#options.settings, result.lastItems);
      const followUp = followUpOf(summary, this.workflow);
      await this.#options.recorder.finish({
        status,
        finishedAt: summary.finishedAt ?? 0,
        durationMs,
        error,
        ...(callback && { callback }),
        ...(followUp && { followUp }),
      });
      if (callback) this.services.onCallback();
    } catch (failure) {
      this.services.logger.error(
        { err: failure, executionId: summary.id },
        'The end of an execution could not be stored',
      );
      result.status = 'failed';
      result.error = toExecutionError(failure);
    }
    this.#options.spill.dispose();
    if (this.services.events.isWatched)
      this.services.events.publish({ type: 'execution-finished', execution: { ...summary } });
    if (hasApprovals(this.#open.waiting())) this.services.onPending(this.about, []);
    this.#settle(result);
  }
}

function runKey({ nodeId, runIndex }: { nodeId: string; runIndex: number }): string {
  return `${runIndex} ${nodeId}`;
}
