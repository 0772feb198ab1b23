import type {
  ApprovalDecision,
  ConsoleLine,
  ExecutionError,
  ExecutionMarks,
  ExecutionSummary,
  InputSource,
  Item,
  NodeRunSummary,
  WorkflowSettings,
} from '../../contract/index.ts';
import { EngineError, toExecutionError } from '../kernel/index.ts';
import { EMPTY_ITEM_LIST, type ResumeDeclaration, type WebhookResponse } from '../node-kit/index.ts';
import { callbackOf } from './callback-of.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import { DeliveryQueue, type BranchOrder, type Delivery, type ReadyRun } from './delivery-queue.ts';
import { KeptValues } from './kept-values.ts';
import type { ExecutionHandle } from './node-context.ts';
import { toOutputLists } from './node-output.ts';
import { runNode, type NodeOutcome } from './node-runner.ts';
import { decidedOutputs, hasApprovals, pendingOf } from './pending-approvals.ts';
import type { Recorder } from './recorder.ts';
import { pathOf, type ResumeToken } from './resume-token.ts';
import { type RunData, type NodeRunState } from './run-data.ts';
import type { ExecutionScope } from './scope.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import type { ExecutionSnapshot } from './snapshot.ts';
import type { Spill } from './spill.ts';
import { canBecome, isFinished, type FinalStatus } from './status.ts';
import { addCaught, isWithin, openedBy, tryScopes, type TryScopes } from './try-scopes.ts';
import type { Caller, ExecutionResult } from './types.ts';

/** How often one node may run in one execution (design §9). */
export const NODE_RUN_LIMIT = 10_000;
/** Tells what still listens after an ordinary end. Made once: an error with its stack costs more than a node run. */
const ENDED = new EngineError('EXECUTION_CANCELLED');
/** A chain of quick nodes lets other work in after this long. */
const YIELD_AFTER_MS = 10;

export interface ExecutionRunOptions {
  services: ExecutionServices;
  workflow: CompiledWorkflow;
  summary: ExecutionSummary;
  settings: WorkflowSettings;
  timezone: string;
  usesPinnedData: boolean;
  recorder: Recorder;
  spill: Spill;
  scope: ExecutionScope;
  /** Node runs taken over from another execution, and what they set going. */
  seed: { reused: readonly NodeRunState[]; deliveries: readonly Delivery[]; snapshot?: ExecutionSnapshot };
  /** Shared with who holds the execution: a caller that was answered is taken out of it. */
  caller: Caller;
  token: ResumeToken;
  /** Part of what a wait stores. */
  about: Pick<ExecutionSnapshot, 'destinationNodeId' | 'depth'>;
  /** Called once everything under way waits and that is stored; `dueAt` is when the first of it goes on by itself. */
  onWaiting(dueAt: number | null): void;
  runWorkflow(
    request: SubWorkflowRequest,
    signal: AbortSignal,
  ): Promise<{ executionId: string; items: Item[] }>;
}

interface Waiting {
  node: CompiledNode;
  /** What the node gives when its time is up. */
  outcome: NodeOutcome;
  startedAt: number;
  until: number | null;
  resume: ResumeDeclaration | undefined;
  tokenHash: string | null;
  stop(): void;
}

/** One execution from its first delivery to its end: the run loop of design §9. */
export class ExecutionRun implements ExecutionHandle {
  readonly services: ExecutionServices;
  readonly about: ExecutionHandle['about'];
  readonly timezone: string;
  readonly summary: ExecutionSummary;
  readonly #options: ExecutionRunOptions;
  readonly #queue: DeliveryQueue;
  readonly #isSequential: boolean;
  readonly #runData: RunData;
  readonly #abort = new AbortController();
  readonly #inFlight = new Set<NodeRunState>();
  readonly #waiting = new Map<NodeRunState, Waiting>();
  readonly #states = new Map<string, Record<string, unknown>>();
  readonly #runCounts = new Map<string, number>();
  readonly #startedAt: number;
  readonly #kept: KeptValues;
  readonly #scopes: TryScopes;
  /** What stops single runs: those whose scope may be left before they end. */
  readonly #runAborts = new WeakMap<NodeRunState, AbortController>();
  #last: NodeRunState | undefined;
  #lastYield: number;
  /** Marks that no write has taken yet: that of the node run which set them will. */
  #hasNewMarks = false;
  #hasEnded = false;
  #settle: (result: ExecutionResult | null) => void = () => {};

  constructor(options: ExecutionRunOptions) {
    const order: BranchOrder = options.settings.branchOrder ?? 'parallel';
    const { summary, services } = options;
    this.#options = options;
    this.services = services;
    this.summary = summary;
    this.timezone = options.timezone;
    this.about = {
      id: summary.id,
      mode: summary.mode,
      workflowId: summary.workflowId,
      workflowName: summary.workflowName,
    };
    this.#queue = new DeliveryQueue(options.workflow, order);
    this.#scopes = tryScopes(options.workflow);
    this.#isSequential = order !== 'parallel';
    this.#runData = options.scope.runData;
    this.#lastYield = services.clock.monotonic();
    this.#startedAt = this.#lastYield - (services.clock.now() - summary.startedAt);
    this.#kept = new KeptValues(services.keptData, summary.workflowId);
  }

  get workflow(): CompiledWorkflow {
    return this.#options.workflow;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /**
   * Runs to the end. Resolves, never rejects, when everything of the execution is stored; with null when it was
   * suspended.
   */
  run(): Promise<ExecutionResult | null> {
    const result = new Promise<ExecutionResult | null>((resolve) => {
      this.#settle = resolve;
    });
    const { timeoutMs } = this.#options.settings;
    if (timeoutMs) {
      const stop = this.services.clock.schedule(timeoutMs, () =>
        this.#end('failed', new EngineError('EXECUTION_TIMEOUT', { limitMs: timeoutMs })),
      );
      this.signal.addEventListener('abort', stop, { once: true });
    }
    const { reused, deliveries, snapshot } = this.#options.seed;
    for (const run of reused) {
      this.#runCounts.set(run.nodeId, Math.max(this.#runCounts.get(run.nodeId) ?? 0, run.runIndex + 1));
      if (snapshot) this.#runData.add(run);
      else this.#keep(run);
    }
    if (snapshot) this.#restore(snapshot);
    this.#queue.deliver(deliveries);
    this.#pump();
    return result;
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

  runWorkflow(request: SubWorkflowRequest): Promise<{ executionId: string; items: Item[] }> {
    return this.#options.runWorkflow(request, this.signal);
  }

  /** Launches all that can run now; ends the execution when nothing can and nothing is under way. */
  #pump(): void {
    while (!this.#hasEnded) {
      if (this.#isSequential && this.#inFlight.size > 0) {
        this.#showWaiting();
        return;
      }
      if (this.services.clock.monotonic() - this.#lastYield > YIELD_AFTER_MS) {
        setImmediate(() => {
          this.#lastYield = this.services.clock.monotonic();
          this.#pump();
        });
        return;
      }
      const next =
        this.#queue.take() ?? this.#queue.takeIncomplete([...this.#inFlight].map((run) => run.nodeId));
      if (next) {
        this.#launch(next);
        continue;
      }
      if (this.#inFlight.size === 0) this.#end('success', null);
      else this.#showWaiting();
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
    const logs: ConsoleLine[] = [];
    const state: NodeRunState = {
      nodeId: node.id,
      nodeName: node.name,
      runIndex,
      status: 'running',
      startedAt: this.services.clock.now(),
      durationMs: 0,
      attempt: 1,
      pinned: false,
      sources: ready.sources,
      itemCounts: [],
      outputs: [],
      logs,
    };
    const startedAt = this.services.clock.monotonic();
    this.#inFlight.add(state);
    this.#publishStart(state);
    this.#execute(ready, state, logs).then(
      (outcome) => this.#onOutcome(ready, state, outcome, startedAt),
      (error: unknown) => this.#onFailure(ready, state, error, startedAt),
    );
  }

  async #execute(ready: ReadyRun, state: NodeRunState, logs: ConsoleLine[]): Promise<NodeOutcome> {
    const pinned = this.#options.usesPinnedData
      ? this.#options.workflow.document.pinnedData?.[state.nodeId]
      : undefined;
    if (pinned && !ready.node.node.disabled) {
      state.pinned = true;
      const { spill } = this.#options;
      return { outputs: toOutputLists(pinned, { portCount: 1, inputs: ready.inputs, spill }), attempt: 1 };
    }
    return runNode({
      execution: this,
      scope: this.#options.scope,
      spill: this.#options.spill,
      run: ready,
      runIndex: state.runIndex,
      signal: this.#signalOf(state),
      logs,
      onLog: (line) => this.#publishLog(state.nodeId, line),
      beforeEffect: (attempt) => {
        // The commit that starts an effect holds every pure output it depends on (design §9).
        this.#options.recorder.hold({ ...state, attempt });
        return this.#options.recorder.flush();
      },
    });
  }

  #signalOf(state: NodeRunState): AbortSignal {
    if (!this.#scopes.has(state.nodeId)) return this.signal;
    const abort = new AbortController();
    this.#runAborts.set(state, abort);
    return AbortSignal.any([this.signal, abort.signal]);
  }

  #onOutcome(ready: ReadyRun, state: NodeRunState, outcome: NodeOutcome, startedAt: number): void {
    if (this.#hasEnded || !this.#inFlight.has(state)) return;
    if (outcome.wait && (outcome.wait.until ?? Infinity) > this.services.clock.now()) {
      this.#wait(ready.node, state, { ...outcome, wait: outcome.wait }, startedAt);
      return;
    }
    this.#complete(ready.node, state, outcome, startedAt);
  }

  #complete(node: CompiledNode, state: NodeRunState, outcome: NodeOutcome, startedAt: number): void {
    state.status = 'success';
    state.attempt = outcome.attempt;
    state.durationMs = this.services.clock.monotonic() - startedAt;
    state.outputs = outcome.outputs;
    state.itemCounts = outcome.outputs.map((list) => list.length);
    if (outcome.error) state.error = outcome.error;
    if (state.logs?.length === 0) delete state.logs;
    this.#inFlight.delete(state);
    if (outcome.kept) this.#options.recorder.keep(this.#kept.accept(outcome.kept));
    this.#keep(state);
    this.#publishFinish(state);
    this.#queue.deliver(deliveriesOf(node, state, this.#isSequential));
    this.#pump();
  }

  #wait(
    node: CompiledNode,
    state: NodeRunState,
    outcome: NodeOutcome & Pick<Required<NodeOutcome>, 'wait'>,
    startedAt: number,
  ): void {
    const { until, resume } = outcome.wait;
    state.status = 'waiting';
    state.outputs = outcome.outputs;
    state.attempt = outcome.attempt;
    const tokenHash = resume ? this.#options.token.hash : null;
    this.#await(state, { node, outcome, startedAt, until, resume, tokenHash });
    this.#publishFinish(state);
    if (resume?.kind === 'approval') this.#showPending();
    const page = resume?.kind === 'form' ? pathOf(this.#options.token.text, resume.suffix) : null;
    this.#pump();
    if (page !== null) this.#showPage(page);
  }

  /** A browser is led to the page no sooner than the wait for it is stored. */
  #showPage(path: string): void {
    const { caller, recorder } = this.#options;
    const { onPage } = caller;
    if (!onPage) return;
    caller.onPage = undefined;
    caller.respond = undefined;
    recorder.flush().then(
      () => onPage(path),
      () => this.cancel(),
    );
  }

  #await(state: NodeRunState, about: Omit<Waiting, 'stop'>): void {
    const { clock } = this.services;
    const stop =
      about.until === null
        ? () => {}
        : clock.schedule(about.until - clock.now(), () => this.#endWait(state, about.outcome));
    this.#waiting.set(state, { ...about, stop });
    this.signal.addEventListener('abort', stop, { once: true });
  }

  #endWait(state: NodeRunState, outcome: NodeOutcome): void {
    const waiting = this.#waiting.get(state);
    if (this.#hasEnded || !waiting) return;
    waiting.stop();
    this.signal.removeEventListener('abort', waiting.stop);
    this.#waiting.delete(state);
    const isAwaited = [...this.#waiting.values()].some(({ tokenHash }) => tokenHash === waiting.tokenHash);
    if (waiting.tokenHash !== null && !isAwaited) this.#options.token.renew();
    if (waiting.resume?.kind === 'approval') this.#showPending();
    this.#showRunning();
    this.#complete(waiting.node, state, outcome, waiting.startedAt);
  }

  /** The node runs that outside calls may end, the longest waiting first. */
  openWaits(): Array<{ nodeId: string; runIndex: number; resume: ResumeDeclaration; tokenHash: string }> {
    return [...this.#waiting].flatMap(([{ nodeId, runIndex }, { resume, tokenHash }]) =>
      resume && tokenHash !== null ? [{ nodeId, runIndex, resume, tokenHash }] : [],
    );
  }

  /** Ends a wait with these items. False when it has ended already. */
  resume(wait: { nodeId: string; runIndex: number }, items: readonly Item[]): boolean {
    if (this.#hasEnded) return false;
    for (const [state, { outcome }] of this.#waiting) {
      if (state.nodeId !== wait.nodeId || state.runIndex !== wait.runIndex) continue;
      const outputs = [
        this.#options.spill.keep(items),
        ...outcome.outputs.slice(1).map(() => EMPTY_ITEM_LIST),
      ];
      this.#endWait(state, { ...outcome, outputs });
      return true;
    }
    return false;
  }

  /** Ends the wait for an approval. False when it has ended already. */
  decide(wait: { nodeId: string; runIndex: number }, decision: ApprovalDecision): boolean {
    if (this.#hasEnded) return false;
    for (const [state, { outcome, resume }] of this.#waiting) {
      const { nodeId, runIndex } = state;
      if (nodeId !== wait.nodeId || runIndex !== wait.runIndex || resume?.kind !== 'approval') continue;
      this.#options.recorder.decide({ nodeId, runIndex, decision });
      this.#endWait(state, {
        ...outcome,
        outputs: decidedOutputs(outcome.outputs, decision, this.#options.spill),
      });
      return true;
    }
    return false;
  }

  /** What waits for people is stored as soon as it waits, whatever else of the execution is under way. */
  #showPending(): void {
    const { recorder } = this.#options;
    const pending = pendingOf(this.about, [...this.#waiting]);
    recorder.setPending(pending);
    recorder.flush().then(
      () =>
        this.services.onPending(
          this.about,
          pending.map(({ about }) => about.title),
        ),
      () => this.cancel(),
    );
  }

  /** Leaves memory while everything under way waits; storage has all it takes to go on. False when it cannot. */
  suspend(): boolean {
    if (this.#hasEnded || this.summary.status !== 'waiting') return false;
    this.#hasEnded = true;
    this.#abort.abort(ENDED);
    this.#options.spill.dispose();
    this.#settle(null);
    return true;
  }

  #restore({ queue, waiting, states, marks, last }: ExecutionSnapshot): void {
    for (const [nodeId, state] of Object.entries(states)) this.#states.set(nodeId, state);
    if (marks) this.summary.marks = marks;
    if (last) this.#last = this.#runData.run(last.nodeId, last.runIndex);
    this.#queue.restore(
      queue,
      ({ nodeId, runIndex, outputIndex }) =>
        this.#runData.run(nodeId, runIndex)?.outputs[outputIndex] ?? EMPTY_ITEM_LIST,
    );
    for (const { nodeId, runIndex, until, resume, tokenHash } of waiting) {
      const node = this.#options.workflow.nodes.get(nodeId);
      const state = this.#runData.takeOut(nodeId, runIndex);
      if (!node || !state) continue;
      this.#inFlight.add(state);
      const { outputs, attempt } = state;
      const startedAt = this.services.clock.monotonic() - (this.services.clock.now() - state.startedAt);
      this.#await(state, {
        node,
        outcome: { outputs: [...outputs], attempt },
        startedAt,
        until,
        resume,
        tokenHash,
      });
    }
  }

  #snapshot(): ExecutionSnapshot {
    const { marks } = this.summary;
    return {
      ...this.#options.about,
      queue: this.#queue.snapshot(),
      states: Object.fromEntries(this.#states),
      ...(marks && { marks }),
      last: this.#last ? { nodeId: this.#last.nodeId, runIndex: this.#last.runIndex } : null,
      waiting: [...this.#waiting].map(([{ nodeId, runIndex }, { until, resume, tokenHash }]) => ({
        nodeId,
        runIndex,
        until,
        ...(resume && { resume }),
        tokenHash,
      })),
    };
  }

  /** An execution waits when all that is under way in it waits. */
  #showWaiting(): void {
    if (
      this.summary.status !== 'running' ||
      this.#waiting.size === 0 ||
      this.#waiting.size < this.#inFlight.size
    )
      return;
    this.summary.status = 'waiting';
    const { recorder, onWaiting } = this.#options;
    const waits = [...this.#waiting.values()];
    const dues = waits.flatMap(({ until }) => (until === null ? [] : [until]));
    const dueAt = dues.length > 0 ? Math.min(...dues) : null;
    const tokenHashes = new Set(waits.flatMap(({ tokenHash }) => (tokenHash === null ? [] : [tokenHash])));
    for (const state of this.#waiting.keys()) recorder.hold({ ...state });
    recorder.setStatus('waiting');
    recorder.setWait({ dueAt, tokenHashes: [...tokenHashes], snapshot: this.#snapshot() });
    recorder.flush().then(
      () => onWaiting(dueAt),
      () => this.cancel(),
    );
  }

  #showRunning(): void {
    if (this.summary.status === 'running' || !canBecome(this.summary.status, 'running')) return;
    this.summary.status = 'running';
    this.#options.recorder.setStatus('running');
    this.#options.recorder.setWait(null);
  }

  #onFailure(ready: ReadyRun, state: NodeRunState, error: unknown, startedAt: number): void {
    if (this.#hasEnded || !this.#inFlight.has(state)) return;
    state.durationMs = this.services.clock.monotonic() - startedAt;
    this.#inFlight.delete(state);
    this.#fail(error, ready.node.node, state.runIndex, state);
  }

  #fail(error: unknown, node: { id: string; name: string }, runIndex: number, state?: NodeRunState): void {
    const described = toExecutionError(error, { nodeId: node.id, nodeName: node.name, runIndex });
    if (state) {
      state.status = 'failed';
      state.error = described;
      this.#keep(state);
      this.#publishFinish(state);
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
    this.#queue.drop(isDoomed);
    for (const state of [...this.#inFlight])
      if (isDoomed(state.nodeId, state.sources)) this.#drop(state, failed.startedAt + failed.durationMs);
    addCaught(opened, opener, error);
    this.#options.recorder.hold(opened);
    this.#publishFinish(opened);
    const deliveries = deliveriesOf(opener, opened, this.#isSequential);
    this.#queue.deliver(
      deliveries.filter(({ source }) => source?.outputIndex === opener.definition.scope?.catch),
    );
    this.#pump();
    return true;
  }

  #drop(state: NodeRunState, now: number): void {
    const waiting = this.#waiting.get(state);
    waiting?.stop();
    if (waiting) this.signal.removeEventListener('abort', waiting.stop);
    this.#waiting.delete(state);
    if (waiting?.resume?.kind === 'approval') this.#showPending();
    this.#inFlight.delete(state);
    state.status = 'cancelled';
    state.durationMs = Math.max(0, now - state.startedAt);
    this.#runAborts.get(state)?.abort(ENDED);
    this.#options.recorder.hold(state);
    this.#publishFinish(state);
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
    for (const state of this.#inFlight) {
      state.status = 'cancelled';
      this.#options.recorder.hold(state);
      this.#publishFinish(state);
    }
    if (this.#hasNewMarks) this.#options.recorder.mark(this.marks);
    if (hasApprovals(this.#waiting)) this.#options.recorder.setPending([]);
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
      await this.#options.recorder.finish({
        status,
        finishedAt: summary.finishedAt ?? 0,
        durationMs,
        error,
        ...(callback && { callback }),
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
    if (hasApprovals(this.#waiting)) this.services.onPending(this.about, []);
    this.#settle(result);
  }

  #publishStart(state: NodeRunState): void {
    if (!this.services.events.isWatched) return;
    const { id: executionId, workflowId } = this.about;
    this.services.events.publish({
      type: 'node-started',
      executionId,
      workflowId,
      nodeId: state.nodeId,
      runIndex: state.runIndex,
    });
  }

  #publishFinish(state: NodeRunState): void {
    if (!this.services.events.isWatched) return;
    const { id: executionId, workflowId } = this.about;
    this.services.events.publish({
      type: 'node-finished',
      executionId,
      workflowId,
      nodeRun: summaryOf(state),
    });
  }

  #publishLog(nodeId: string, line: ConsoleLine): void {
    if (!this.services.events.isWatched) return;
    this.services.events.publish({
      type: 'node-log',
      executionId: this.about.id,
      workflowId: this.about.workflowId,
      nodeId,
      line,
    });
  }
}

function summaryOf({ outputs: _outputs, ...summary }: NodeRunState): NodeRunSummary {
  return summary;
}

/**
 * What a finished run sends on. An output without items starts nothing; with `tellsEmpty` it still counts as an
 * answer at every input but the first, as both of n8n's orders have it.
 */
export function deliveriesOf(node: CompiledNode, run: NodeRunState, tellsEmpty = false): Delivery[] {
  const deliveries: Delivery[] = [];
  run.outputs.forEach((items, outputIndex) => {
    if (items.length === 0 && !tellsEmpty) return;
    const source: InputSource = { nodeId: run.nodeId, outputIndex, runIndex: run.runIndex };
    for (const { nodeId, inputIndex } of node.outgoing[outputIndex] ?? []) {
      if (items.length > 0 || inputIndex > 0) deliveries.push({ nodeId, inputIndex, items, source });
    }
  });
  return deliveries;
}
