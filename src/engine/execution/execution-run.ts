import type {
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
import type { ItemList, WebhookResponse } from '../node-kit/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import { DeliveryQueue, type BranchOrder, type Delivery, type ReadyRun } from './delivery-queue.ts';
import { KeptValues } from './kept-values.ts';
import type { ExecutionHandle } from './node-context.ts';
import { toOutputLists } from './node-output.ts';
import { runNode, type NodeOutcome } from './node-runner.ts';
import type { Recorder } from './recorder.ts';
import { type RunData, type NodeRunState } from './run-data.ts';
import type { ExecutionScope } from './scope.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import type { Spill } from './spill.ts';
import { canBecome, isFinished, type FinalStatus } from './status.ts';
import type { ExecutionResult } from './types.ts';

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
  seed: { reused: readonly NodeRunState[]; deliveries: readonly Delivery[] };
  respond?: ((response: WebhookResponse) => void) | undefined;
  runWorkflow(
    request: SubWorkflowRequest,
    signal: AbortSignal,
  ): Promise<{ executionId: string; items: Item[] }>;
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
  readonly #waiting = new Set<NodeRunState>();
  readonly #states = new Map<string, Record<string, unknown>>();
  readonly #runCounts = new Map<string, number>();
  readonly #startedAt: number;
  readonly #kept: KeptValues;
  #respond: ExecutionRunOptions['respond'];
  #lastItems: readonly Item[] | ItemList = [];
  #lastYield: number;
  #hasEnded = false;
  #settle: (result: ExecutionResult) => void = () => {};

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
    this.#isSequential = order !== 'parallel';
    this.#runData = options.scope.runData;
    this.#respond = options.respond;
    this.#startedAt = services.clock.monotonic();
    this.#lastYield = this.#startedAt;
    this.#kept = new KeptValues(services.keptData, summary.workflowId);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Runs to the end. Resolves, never rejects, when everything of the execution is stored. */
  run(): Promise<ExecutionResult> {
    const result = new Promise<ExecutionResult>((resolve) => {
      this.#settle = resolve;
    });
    const { timeoutMs } = this.#options.settings;
    if (timeoutMs) {
      const stop = this.services.clock.schedule(timeoutMs, () =>
        this.#end('failed', new EngineError('EXECUTION_TIMEOUT', { limitMs: timeoutMs })),
      );
      this.signal.addEventListener('abort', stop, { once: true });
    }
    for (const run of this.#options.seed.reused) {
      this.#runCounts.set(run.nodeId, Math.max(this.#runCounts.get(run.nodeId) ?? 0, run.runIndex + 1));
      this.#keep(run);
    }
    this.#queue.deliver(this.#options.seed.deliveries);
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

  mark(marks: ExecutionMarks): void {
    this.summary.marks = { ...this.summary.marks, ...marks };
  }

  respond(response: WebhookResponse): boolean {
    if (!this.#respond) return false;
    const respond = this.#respond;
    this.#respond = undefined;
    respond(response);
    return true;
  }

  runWorkflow(request: SubWorkflowRequest): Promise<{ executionId: string; items: Item[] }> {
    return this.#options.runWorkflow(request, this.signal);
  }

  /** Launches all that can run now; ends the execution when nothing can and nothing is under way. */
  #pump(): void {
    while (!this.#hasEnded) {
      if (this.#isSequential && this.#inFlight.size > 0) return;
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
      signal: this.signal,
      logs,
      onLog: (line) => this.#publishLog(state.nodeId, line),
      beforeEffect: (attempt) => {
        // The commit that starts an effect holds every pure output it depends on (design §9).
        this.#options.recorder.hold({ ...state, attempt });
        return this.#options.recorder.flush();
      },
    });
  }

  #onOutcome(ready: ReadyRun, state: NodeRunState, outcome: NodeOutcome, startedAt: number): void {
    if (this.#hasEnded) return;
    if (outcome.waitUntil !== undefined && outcome.waitUntil > this.services.clock.now()) {
      this.#wait(ready, state, { ...outcome, waitUntil: outcome.waitUntil }, startedAt);
      return;
    }
    this.#complete(ready, state, outcome, startedAt);
  }

  #complete(ready: ReadyRun, state: NodeRunState, outcome: NodeOutcome, startedAt: number): void {
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
    this.#queue.deliver(deliveriesOf(ready.node, state, this.#isSequential));
    this.#pump();
  }

  #wait(
    ready: ReadyRun,
    state: NodeRunState,
    outcome: NodeOutcome & { waitUntil: number },
    startedAt: number,
  ): void {
    state.status = 'waiting';
    this.#waiting.add(state);
    this.#publishFinish(state);
    this.#pump();
    const { clock } = this.services;
    const stop = clock.schedule(outcome.waitUntil - clock.now(), () => {
      this.signal.removeEventListener('abort', stop);
      if (this.#hasEnded) return;
      this.#waiting.delete(state);
      this.#showRunning();
      this.#complete(ready, state, outcome, startedAt);
    });
    this.signal.addEventListener('abort', stop, { once: true });
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
    this.#options.recorder.setStatus('waiting');
  }

  #showRunning(): void {
    if (this.summary.status === 'running' || !canBecome(this.summary.status, 'running')) return;
    this.summary.status = 'running';
    this.#options.recorder.setStatus('running');
  }

  #onFailure(ready: ReadyRun, state: NodeRunState, error: unknown, startedAt: number): void {
    if (this.#hasEnded) return;
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
    }
    this.#end('failed', described);
  }

  #keep(state: NodeRunState): void {
    this.#runData.add(state);
    this.#options.recorder.hold(state);
    const first = state.outputs[0];
    if (first) this.#lastItems = first;
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
      if (status === 'success')
        result.lastItems = Array.isArray(this.#lastItems)
          ? this.#lastItems
          : (this.#lastItems as ItemList).read();
      await this.#options.recorder.finish({
        status,
        finishedAt: summary.finishedAt ?? 0,
        durationMs,
        error,
        ...(summary.marks && { marks: summary.marks }),
      });
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
