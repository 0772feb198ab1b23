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

/** One crossing into this context. What it asks the host for is asked once. */
export class Call {
  readonly host: HostCall;
  readonly now: number;
  readonly #items: readonly ItemData[] | undefined;
  #answers = new Map<string, unknown>();

  /** `items`: the input, where it is in here already. */
  constructor(host: HostCall, now: number, items?: readonly ItemData[]) {
    this.host = host;
    this.now = now;
    this.#items = items;
  }

  ask<T>(operation: string, ...values: unknown[]): T {
    if (operation === 'input' && this.#items) return pick(this.#items, values[0]) as T;
    const text = values.length === 0 ? '[]' : JSON.stringify(values);
    const key = operation + text;
    if (this.#answers.has(key)) return this.#answers.get(key) as T;
    const answer = JSON.parse(this.host(operation, text)) as {
      v?: T;
      e?: { code: ProblemCode; reason: string };
    };
    if (answer.e) throw problem(answer.e.code, answer.e.reason);
    this.#answers.set(key, answer.v);
    return answer.v as T;
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
