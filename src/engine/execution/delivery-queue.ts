import type { InputSource } from '../../contract/index.ts';
import { itemListOf, type ItemList } from '../node-kit/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import type { QueueSnapshot, StoredRun } from './snapshot.ts';

/** Items on their way to one input of a node. */
export interface Delivery {
  nodeId: string;
  inputIndex: number;
  items: ItemList;
  source: InputSource | null;
}

/** A node with all it needs for one run. Both arrays have one entry per input port. */
export interface ReadyRun {
  node: CompiledNode;
  inputs: Array<ItemList | null>;
  sources: Array<InputSource | null>;
}

export type BranchOrder = 'parallel' | 'depth-first' | 'breadth-first';

/**
 * Decides what runs next. Each delivery to a node with one connected input is a run of its own. A node with several
 * collects a pass: it runs when all of them hold items for that pass, or when the missing ones cannot come any more.
 */
export class DeliveryQueue {
  readonly #workflow: CompiledWorkflow;
  readonly #order: BranchOrder;
  readonly #ready: ReadyRun[] = [];
  readonly #passes = new Map<string, ReadyRun[]>();
  /** Nodes that ran or are about to. */
  readonly #begun = new Set<string>();

  constructor(workflow: CompiledWorkflow, order: BranchOrder) {
    this.#workflow = workflow;
    this.#order = order;
  }

  /** Takes what one node run gave. */
  deliver(deliveries: readonly Delivery[]): void {
    if (this.#order !== 'depth-first') {
      for (const delivery of deliveries) {
        const run = this.#collect(delivery);
        if (run) this.#push(run);
      }
      if (this.#order === 'breadth-first')
        for (const delivery of deliveries) this.#callMissing(delivery.nodeId);
      return;
    }
    const runs = [...deliveries]
      .sort((a, b) => this.#comparePosition(a.nodeId, b.nodeId))
      .map((delivery) => this.#collect(delivery))
      .filter((run) => run !== null);
    for (const run of runs) this.#begun.add(run.node.id);
    this.#ready.unshift(...runs);
  }

  /** Forgets what is to run, and what has come in so far, where that says so. */
  drop(isDoomed: (nodeId: string, sources: ReadyRun['sources']) => boolean): void {
    const stays = ({ node, sources }: ReadyRun) => !isDoomed(node.id, sources);
    this.#ready.splice(0, this.#ready.length, ...this.#ready.filter(stays));
    for (const [id, passes] of this.#passes) {
      const left = passes.filter(stays);
      if (left.length > 0) this.#passes.set(id, left);
      else this.#passes.delete(id);
    }
  }

  /** What is to run and what has come in so far, as plain data. */
  snapshot(): QueueSnapshot {
    return {
      ready: this.#ready.map(storedRun),
      passes: [...this.#passes.values()].flat().map(storedRun),
      begun: [...this.#begun],
    };
  }

  /** Takes up a snapshot; `itemsOf` gives what a node run put out. */
  restore(snapshot: QueueSnapshot, itemsOf: (source: InputSource) => ItemList): void {
    const load = (stored: StoredRun) => this.load(stored, itemsOf);
    this.#ready.push(...snapshot.ready.flatMap(load));
    for (const pass of snapshot.passes.flatMap(load)) {
      const passes = this.#passes.get(pass.node.id);
      if (passes) passes.push(pass);
      else this.#passes.set(pass.node.id, [pass]);
    }
    for (const id of snapshot.begun) this.#begun.add(id);
  }

  /** The stored run with its items; none when its node is not there any more. */
  load(stored: StoredRun, itemsOf: (source: InputSource) => ItemList): ReadyRun[] {
    const node = this.#workflow.nodes.get(stored.nodeId);
    if (!node) return [];
    const inputs = stored.inputs.map((input) => {
      if (input === null) return null;
      return 'source' in input ? itemsOf(input.source) : itemListOf(input.items);
    });
    const sources = stored.inputs.map((input) => (input && 'source' in input ? input.source : null));
    return [{ node, inputs, sources }];
  }

  /** The next run that has all its inputs. */
  take(): ReadyRun | undefined {
    return this.#ready.shift();
  }

  /**
   * An incomplete pass whose missing inputs cannot come any more. With order `parallel` that is so as soon as
   * nothing active leads to it, otherwise when nothing at all is active.
   */
  takeIncomplete(inFlight: Iterable<string>): ReadyRun | undefined {
    if (this.#passes.size === 0) return undefined;
    const active = new Set([...inFlight, ...this.#ready.map((run) => run.node.id)]);
    if (active.size > 0 && this.#order !== 'parallel') return undefined;
    const waiting = [...this.#passes.keys()].sort((a, b) => this.#comparePosition(a, b));
    const leadsTo = (from: string, to: string) => this.#workflow.graph.descendants(from).has(to);
    const free = waiting.filter(
      (id) =>
        ![...active].some((other) => leadsTo(other, id)) &&
        !waiting.some((other) => other !== id && leadsTo(other, id)),
    );
    // Passes that wait for each other in a cycle: with nothing else going on, the first by position breaks the tie.
    const next = free[0] ?? (active.size === 0 ? waiting[0] : undefined);
    if (next === undefined) return undefined;
    const waiter = this.#workflow.nodes.get(next);
    if (waiter?.definition.callsInputs?.(waiter.node.parameters)) {
      this.#callMissing(next);
      const called = this.take();
      if (called) return called;
    }
    const pass = this.#takePass(next);
    // Inputs that were told there is nothing alone start nothing.
    return pass && hasItems(pass) ? pass : this.takeIncomplete(inFlight);
  }

  #push(run: ReadyRun): void {
    this.#begun.add(run.node.id);
    this.#ready.push(run);
  }

  /**
   * n8n's first order does not wait for the other inputs of a node: it begins what leads to them, with one empty item,
   * even where nothing would have begun it. Workflows from before 2023 count on that.
   */
  #callMissing(nodeId: string): void {
    const [pass] = this.#passes.get(nodeId) ?? [];
    if (!pass) return;
    const incoming = this.#workflow.graph.nodes.get(nodeId)?.incoming ?? [];
    for (const index of pass.node.connectedInputs) {
      if (pass.inputs[index] !== null) continue;
      for (const source of incoming[index] ?? []) {
        const first = this.#firstNotBegun(source);
        const node = first === undefined ? undefined : this.#workflow.nodes.get(first);
        if (!node) continue;
        const run = emptyRun(node);
        run.inputs[0] = itemListOf([{ json: {} }]);
        this.#push(run);
      }
    }
  }

  /** The farthest node up from this one that has not begun; undefined where one on the way is about to run. */
  #firstNotBegun(nodeId: string): string | undefined {
    const seen = new Set<string>();
    let first: string | undefined;
    for (let id: string | undefined = nodeId; id !== undefined && !seen.has(id);) {
      seen.add(id);
      if (this.#ready.some((run) => run.node.id === id)) return undefined;
      if (this.#begun.has(id) || this.#passes.has(id)) break;
      first = id;
      id = this.#workflow.graph.nodes
        .get(id)
        ?.incoming.flat()
        .findLast((parent) => parent !== undefined);
    }
    return first;
  }

  #collect({ nodeId, inputIndex, items, source }: Delivery): ReadyRun | null {
    const node = this.#workflow.nodes.get(nodeId);
    if (!node) return null;
    if (node.connectedInputs.length <= 1) {
      const run = emptyRun(node, inputIndex + 1);
      run.inputs[inputIndex] = items;
      run.sources[inputIndex] = source;
      return run;
    }
    const passes = this.#passes.get(nodeId) ?? [];
    let index = passes.findIndex((pass) => pass.inputs[inputIndex] === null);
    if (index < 0) index = passes.push(emptyRun(node)) - 1;
    const pass = passes[index] as ReadyRun;
    pass.inputs[inputIndex] = items;
    pass.sources[inputIndex] = source;
    const isComplete = node.connectedInputs.every((input) => pass.inputs[input] !== null);
    if (isComplete) passes.splice(index, 1);
    if (passes.length > 0) this.#passes.set(nodeId, passes);
    else this.#passes.delete(nodeId);
    return isComplete && hasItems(pass) ? pass : null;
  }

  #takePass(nodeId: string): ReadyRun | undefined {
    const passes = this.#passes.get(nodeId);
    const pass = passes?.shift();
    if (passes?.length === 0) this.#passes.delete(nodeId);
    return pass;
  }

  /** Top to bottom, then left to right, as people read the canvas. */
  #comparePosition(a: string, b: string): number {
    const [ax, ay] = this.#workflow.nodes.get(a)?.node.position ?? [0, 0];
    const [bx, by] = this.#workflow.nodes.get(b)?.node.position ?? [0, 0];
    return ay - by || ax - bx;
  }
}

/** A run as plain data: items only where no node gave them. */
export function storedRun({ node, inputs, sources }: ReadyRun): StoredRun {
  return {
    nodeId: node.id,
    inputs: inputs.map((list, index) => {
      const source = sources[index];
      if (list === null) return null;
      return source ? { source } : { items: [...list.read()] };
    }),
  };
}

function hasItems({ inputs }: ReadyRun): boolean {
  return inputs.some((list) => list !== null && list.length > 0);
}

function emptyRun(node: CompiledNode, least = 0): ReadyRun {
  const inputs = Math.max(least, node.inputCount, ...node.connectedInputs.map((index) => index + 1));
  return { node, inputs: new Array<null>(inputs).fill(null), sources: new Array<null>(inputs).fill(null) };
}
