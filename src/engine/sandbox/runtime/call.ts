import { problem, type ProblemCode } from './problem.ts';

/** The one way out: answers JSON text `{"v": value}` or `{"e": {code, reason}}`. */
export type HostCall = (operation: string, argumentsText: string) => string;

export interface Meta {
  nodeId: string;
  nodeName: string;
  nodeVersion: number;
  runIndex: number;
  itemCount: number;
  timezone: string;
  workflow: { id: string | null; name: string; active: boolean };
  execution: { id: string; mode: string; resumeUrl: string | null; resumeFormUrl: string | null };
  vars: Record<string, unknown>;
  env: Record<string, string>;
  parameters: Record<string, unknown>;
  toolArguments?: Record<string, unknown>;
  previousNode: { name: string; outputIndex: number; runIndex: number } | null;
}

export interface ItemData {
  json: Record<string, unknown>;
  binary?: Record<string, unknown>;
  pairedItem?: unknown;
}

/** Each item once; `refs` tells for every item asked about which one belongs to it, or why none does. */
export interface PairedItems {
  items: unknown[];
  refs: Array<number | string>;
}

function readAnswer<T>(text: string): T {
  const answer = JSON.parse(text) as { v?: T; e?: { code: ProblemCode; reason: string } };
  if (answer.e) throw problem(answer.e.code, answer.e.reason);
  return answer.v as T;
}

/** One crossing into this context. What it asks the host for is asked once. */
export class Call {
  readonly host: HostCall;
  readonly now: number;
  readonly #items: readonly ItemData[] | undefined;
  /** Indexes of the items that are evaluated in this crossing. */
  readonly #batch: readonly number[];
  #answers = new Map<string, unknown>();
  /** By the name of the node. */
  #paired = new Map<unknown, PairedItems>();

  /** `items`: the input, where it is in here already. */
  constructor(
    host: HostCall,
    now: number,
    { items, batch = [] }: { items?: readonly ItemData[]; batch?: readonly number[] } = {},
  ) {
    this.host = host;
    this.now = now;
    this.#items = items;
    this.#batch = batch;
  }

  ask<T>(operation: string, ...values: unknown[]): T {
    if (operation === 'input' && this.#items) return pick(this.#items, values[0]) as T;
    const text = values.length === 0 ? '[]' : JSON.stringify(values);
    const key = operation + text;
    if (this.#answers.has(key)) return this.#answers.get(key) as T;
    const value = readAnswer<T>(this.host(operation, text));
    this.#answers.set(key, value);
    return value;
  }

  /** Asked anew each time: for what changes while code runs. */
  askAgain<T>(operation: string, ...values: unknown[]): T {
    return readAnswer<T>(this.host(operation, JSON.stringify(values)));
  }

  /** The item of a node that belongs to an item of the input. Asked for all items of the crossing at once. */
  paired(name: unknown, itemIndex: number): unknown {
    if (this.#batch.length < 2) return this.ask('paired', name, itemIndex);
    let answer = this.#paired.get(name);
    if (!answer) {
      answer = this.ask<PairedItems>('paired-many', name, this.#batch);
      this.#paired.set(name, answer);
    }
    const { items, refs } = answer;
    const ref = refs[this.#place(itemIndex)];
    if (ref === undefined) return this.ask('paired', name, itemIndex);
    if (typeof ref === 'string') throw problem('EXPRESSION_REFERENCE', ref);
    return items[ref];
  }

  #places: Map<number, number> | undefined;
  #place(itemIndex: number): number {
    this.#places ??= new Map(this.#batch.map((index, place) => [index, place]));
    return this.#places.get(itemIndex) ?? -1;
  }

  get meta(): Meta {
    return this.ask<Meta>('meta');
  }
}

/** An item by index, or `first`, `last`, `all`. */
function pick(items: readonly ItemData[], which: unknown): unknown {
  if (which === 'all') return items;
  return items.at(which === 'first' ? 0 : which === 'last' ? -1 : (which as number));
}
