import type { ConsoleLine, ExecutionError, Item } from '../../contract/index.ts';
import { isEngineError, NodeError, sleep, toExecutionError } from '../kernel/index.ts';
import type { ExpressionScope } from '../expression/index.ts';
import {
  itemListOf,
  toPorts,
  type ItemList,
  type NodeDefinition,
  type NodeOutput,
  type WaitRequest,
} from '../node-kit/index.ts';
import type { ReadyRun } from './delivery-queue.ts';
import type { EffectUnits } from './effect-units.ts';
import type { KeptChange } from './kept-values.ts';
import { NodeContext, type ExecutionHandle } from './node-context.ts';
import { errorOutputs, toOutputLists } from './node-output.ts';
import { readParameters, type ParameterReader } from './parameter-reader.ts';
import { scopeOf, type ExecutionScope } from './scope.ts';
import type { Spill } from './spill.ts';

/** How one run of a node ended, when it did not throw. */
export interface NodeOutcome {
  outputs: ItemList[];
  /** Set when the node failed but its `onError` lets the execution go on. */
  error?: ExecutionError;
  /** The outputs are held back until then. */
  wait?: WaitRequest['wait'];
  attempt: number;
  /** What the node keeps for later executions, by key. */
  kept?: ReadonlyMap<string, KeptChange>;
}

export interface NodeRunRequest {
  execution: ExecutionHandle;
  scope: ExecutionScope;
  spill: Spill;
  run: ReadyRun;
  runIndex: number;
  signal: AbortSignal;
  /** Collects console lines as they come. */
  logs: ConsoleLine[];
  onLog(line: ConsoleLine): void;
  /** The first attempt to make; more than 1 for a run that was interrupted. */
  attempt: number;
  units(): EffectUnits;
  /**
   * Called before every attempt of a node that changes something outside; resolves when that is stored. Gives what the
   * run gives when somebody decided that its effect took place already.
   */
  beforeEffect(about: EffectAttempt): Promise<readonly Item[] | undefined>;
}

export interface EffectAttempt {
  effect: 'keyed' | 'unsafe';
  attempt: number;
  unit: 'item' | 'run';
  itemCount: number;
}

/** Runs a node with its retries and its policy on errors. Throws what stops the execution. */
export async function runNode(request: NodeRunRequest): Promise<NodeOutcome> {
  const { node } = request.run.node;
  const attempts = node.retry?.attempts ?? 1;
  for (let attempt = request.attempt; ; attempt++) {
    try {
      const { output, kept } = await attemptOnce(request, attempt);
      return { ...finishOutput(request, output), attempt, ...(kept && { kept }) };
    } catch (error) {
      if (request.signal.aborted) throw error;
      if (attempt < attempts && !isGivenUp(error)) {
        await sleep(request.execution.services.clock, retryDelay(request, attempt), request.signal);
        continue;
      }
      const policy = node.onError ?? 'stop';
      if (policy === 'stop') throw error;
      const described = toExecutionError(error, {
        nodeId: node.id,
        nodeName: node.name,
        runIndex: request.runIndex,
      });
      const ports = errorOutputs(described, policy, firstInput(request.run), portCount(request.run));
      return { outputs: ports.map((items) => request.spill.keep(items)), error: described, attempt };
    }
  }
}

interface Attempt {
  output: NodeOutput;
  kept?: NodeOutcome['kept'];
}

async function attemptOnce(request: NodeRunRequest, attempt: number): Promise<Attempt> {
  const { run, runIndex } = request;
  const { node, definition } = run.node;
  if (node.disabled) return { output: passOn(firstInput(run)) };
  const inputs = node.executeOnce ? limitToFirst(run) : run;
  if (isTakenInParts(inputs)) return runInParts(request, inputs, attempt);
  const items = definition.chunked?.(node.parameters)
    ? await itemsInMemory(inputs.inputs[0])
    : firstInput(inputs);
  if (!definition.execute)
    return { output: toPorts(...inputs.inputs.map((list) => passOn(list?.read() ?? []))) };

  const timeout = node.timeoutMs === undefined ? undefined : startTimeout(request, node.timeoutMs);
  const signal = timeout ? AbortSignal.any([request.signal, timeout.signal]) : request.signal;
  try {
    const scope = scopeOf(request.scope, { node: run.node, runIndex, items, sources: run.sources });
    return await execute(request, { inputs, items, scope, attempt, signal, expired: timeout?.expired });
  } finally {
    timeout?.stop();
  }
}

interface Part {
  inputs: ReadyRun;
  items: readonly Item[];
  scope: ExpressionScope;
  attempt: number;
  signal: AbortSignal;
  /** Rejects when the node's time is over. */
  expired: Promise<never> | undefined;
}

/** Runs the node's function once; stays synchronous for as long as it does. */
async function execute(request: NodeRunRequest, part: Part): Promise<Attempt> {
  const { run, execution, runIndex, spill } = request;
  const { inputs, items, scope, attempt, signal, expired } = part;
  const { definition } = run.node;
  const parameters = await readParameters({
    plan: run.node.plan(),
    definition,
    engine: execution.services.expressions,
    scope,
    itemCount: items.length,
    signal,
  });
  const effect =
    typeof definition.effect === 'function' ? definition.effect(parameters(0)) : definition.effect;
  const unit = effect === 'pure' ? undefined : unitOf(definition, parameters);
  if (unit && (effect === 'unsafe' || effect === 'keyed')) {
    const decided = await request.beforeEffect({ effect, attempt, unit, itemCount: items.length });
    if (decided) return { output: [...decided] };
  }
  const context = new NodeContext({
    execution,
    run: inputs,
    spill,
    runIndex,
    items,
    scope,
    parameters,
    signal,
    ...(unit === 'item' && { units: request.units() }),
    onLog: (line) => {
      request.logs.push(line);
      request.onLog(line);
    },
  });
  const running = definition.execute?.(context) ?? items;
  const isAsync = running instanceof Promise;
  const output = isAsync ? await (expired ? Promise.race([running, expired]) : running) : running;
  return context.keptChanges.size > 0 ? { output, kept: context.keptChanges } : { output };
}

function unitOf({ effectUnit = 'item' }: NodeDefinition, parameters: ParameterReader): 'item' | 'run' {
  return typeof effectUnit === 'function' ? effectUnit(parameters(0)) : effectUnit;
}

/** Somebody decided that this is not to be tried again. */
function isGivenUp(error: unknown): boolean {
  return isEngineError(error) && error.code === 'EFFECT_GIVEN_UP';
}

/** The items, or the first of them where they are on disk. */
async function itemsInMemory(list: ItemList | null | undefined): Promise<readonly Item[]> {
  if (list?.inMemory) return list.inMemory;
  for await (const [first] of list?.chunks() ?? []) return first ? [first] : [];
  return [];
}

/** Whether a node that looks at each item on its own got more of them than fit in memory. */
function isTakenInParts({ node, inputs }: ReadyRun): boolean {
  const [first] = inputs;
  if (!node.definition.itemwise || !first || first.inMemory) return false;
  return node.plan().expressions.every(({ seesOnlyItem }) => seesOnlyItem);
}

/** Runs an itemwise node for some of its items at a time; what it gives may leave memory again. */
async function runInParts(request: NodeRunRequest, inputs: ReadyRun, attempt: number): Promise<Attempt> {
  const { run, runIndex, spill } = request;
  const { node } = run.node;
  const timeout = node.timeoutMs === undefined ? undefined : startTimeout(request, node.timeoutMs);
  const signal = timeout ? AbortSignal.any([request.signal, timeout.signal]) : request.signal;
  const writers = Array.from({ length: portCount(run) }, () => spill.open());
  let offset = 0;
  try {
    for await (const items of inputs.inputs[0]?.chunks() ?? []) {
      signal.throwIfAborted();
      const part = { ...inputs, inputs: [itemListOf(items), ...inputs.inputs.slice(1)] };
      const scope = scopeOf(request.scope, { node: run.node, runIndex, items, sources: run.sources });
      const { output } = await execute(request, {
        ...{ inputs: part, items, scope, attempt, signal },
        expired: timeout?.expired,
      });
      const lists = toOutputLists(output, { portCount: writers.length, inputs: part.inputs, spill });
      lists.forEach((list, port) =>
        writers[port]?.add(list.read().map((item) => shiftLineage(item, offset))),
      );
      offset += items.length;
    }
  } finally {
    timeout?.stop();
  }
  return { output: { ports: writers.map((writer) => writer.finish()) } };
}

/** Items of a part tell their lineage within the part. */
function shiftLineage(item: Item, offset: number): Item {
  const { pairedItem } = item;
  if (pairedItem === undefined || offset === 0) return item;
  const shift = <P extends { item: number }>(paired: P): P => ({ ...paired, item: paired.item + offset });
  return { ...item, pairedItem: Array.isArray(pairedItem) ? pairedItem.map(shift) : shift(pairedItem) };
}

function startTimeout({ run, execution }: NodeRunRequest, limitMs: number) {
  const controller = new AbortController();
  let reject: (error: Error) => void;
  const expired = new Promise<never>((_resolve, rejectExpired) => {
    reject = rejectExpired;
  });
  expired.catch(() => {});
  const stop = execution.services.clock.schedule(limitMs, () => {
    const error = new NodeError('NODE_TIMEOUT', { node: run.node.node.name, limitMs });
    controller.abort(error);
    reject(error);
  });
  return { signal: controller.signal, expired, stop };
}

function finishOutput({ run, spill }: NodeRunRequest, output: NodeOutput): Omit<NodeOutcome, 'attempt'> {
  const { node } = run.node;
  const outputs = toOutputLists(output, { portCount: portCount(run), inputs: run.inputs, spill });
  if (node.alwaysOutput && outputs.every((list) => list.length === 0)) {
    const item: Item = firstInput(run).length > 0 ? { json: {}, pairedItem: { item: 0 } } : { json: {} };
    outputs[0] = spill.keep([item]);
  }
  return isWait(output) ? { outputs, wait: output.wait } : { outputs };
}

function isWait(output: NodeOutput): output is WaitRequest {
  return 'wait' in output;
}

/** The node's main outputs, the error port included. */
function portCount({ node }: ReadyRun): number {
  return node.outputs.length + (node.node.onError === 'error-output' ? 1 : 0);
}

function firstInput(run: ReadyRun): readonly Item[] {
  return run.inputs[0]?.read() ?? [];
}

function passOn(items: readonly Item[]): Item[] {
  return items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
}

function limitToFirst(run: ReadyRun): ReadyRun {
  return { ...run, inputs: run.inputs.map((list) => list && itemListOf(list.read().slice(0, 1))) };
}

function retryDelay({ run }: NodeRunRequest, attempt: number): number {
  const { delayMs = 1000, backoff = 'fixed' } = run.node.node.retry ?? {};
  return backoff === 'exponential' ? Math.min(delayMs * 2 ** (attempt - 1), 3_600_000) : delayMs;
}
