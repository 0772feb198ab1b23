import type { Item, OnError } from '../../contract/index.ts';
import { isEngineError, messageOf, NodeError } from '../kernel/index.ts';
import { itemListOf, joinLists, type ItemList } from './item-list.ts';
import { toPorts, type NodeOutput } from './output.ts';

/** What the work on one item gives: items for the first output, or items per output port. A list has its lineage set. */
export type PerItemResult = Item | readonly Item[] | ItemList | PerItemPorts;
export interface PerItemPorts {
  ports: ReadonlyArray<readonly Item[]>;
}

interface Options {
  items: readonly Item[];
  work(item: Item, itemIndex: number): PerItemResult | Promise<PerItemResult>;
  onError: OnError;
  /** Main outputs of the node, the error port not counted. */
  outputCount: number;
  /** How many items are worked on at a time; 1 when not given. */
  concurrency?: number | undefined;
  signal: AbortSignal;
  /** Remembers what single items gave, so that they are not worked on twice. */
  units?: UnitLedger | undefined;
}

export type UnitOutcome = { result: PerItemResult } | { error: unknown };

/** What is known about the work on single items, over attempts and crashes. */
export interface UnitLedger {
  /** What an item gave before; undefined when it is to be worked on. */
  outcome(unit: number): UnitOutcome | undefined;
  /** Called before the first items are begun, one per lane. */
  begin(units: readonly number[], lanes: number): Promise<void>;
  /** Called after each item; resolves when its lane may begin `next`. */
  advance(unit: number, outcome: UnitOutcome, next: number | undefined, lanes: number): Promise<void>;
}

/**
 * Works on every item and gives the results in item order, lineage set. With `onError: stop`
 * the first failure is thrown with its `itemIndex`, once what was under way has settled.
 */
export async function runPerItem(options: Options): Promise<NodeOutput> {
  const { items, onError, signal, outputCount } = options;
  const outcomes = await runAll(options);
  const ports: Item[][] = Array.from({ length: Math.max(outputCount, 1) }, () => []);
  /** What the first port holds ahead of `ports[0]`, where there is more than fits in memory. */
  const ahead: ItemList[] = [];
  const errors: Item[] = [];
  for (let index = 0; index < outcomes.length; index++) {
    const outcome = outcomes[index];
    if (!outcome) continue;
    if ('result' in outcome && isItemList(outcome.result)) {
      ahead.push(itemListOf(ports[0]!.splice(0)), outcome.result);
      continue;
    }
    if ('result' in outcome) {
      collect(ports, outcome.result, index);
      continue;
    }
    if (signal.aborted) throw outcome.error;
    if (onError === 'stop') throw withItemIndex(outcome.error, index);
    const into = onError === 'continue' ? ports[0]! : errors;
    into.push(errorItem(items[index] as Item, index, outcome.error, onError));
  }
  signal.throwIfAborted();
  const [first = [], ...rest] = ports;
  const filled = ahead.length === 0 ? first : joinLists([...ahead, itemListOf(first)]);
  if (onError === 'error-output') return toPorts(filled, ...rest, errors);
  return rest.length === 0 && Array.isArray(filled) ? filled : toPorts(filled, ...rest);
}

/** One outcome per item that was begun. Stays synchronous for as long as the work does. */
async function runAll(options: Options): Promise<UnitOutcome[]> {
  const { items, work, onError, concurrency = 1, signal, units } = options;
  if (units) return runUnits(options, units);
  const outcomes: UnitOutcome[] = new Array<UnitOutcome>(items.length);
  let next = 0;
  let stopped = false;
  const lane = async () => {
    while (next < items.length && !stopped && !signal.aborted) {
      const index = next++;
      try {
        const result = work(items[index] as Item, index);
        outcomes[index] = { result: result instanceof Promise ? await result : result };
      } catch (error) {
        outcomes[index] = { error };
        stopped ||= onError === 'stop';
      }
    }
  };
  const lanes = Math.min(Math.max(Math.trunc(concurrency), 1), items.length);
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** The same, each item's result told to the ledger before the lane goes on. */
async function runUnits(options: Options, units: UnitLedger): Promise<UnitOutcome[]> {
  const { items, work, onError, concurrency = 1, signal } = options;
  const outcomes: UnitOutcome[] = new Array<UnitOutcome>(items.length);
  let position = 0;
  let stopped = false;
  const take = (): number | undefined => {
    while (position < items.length && !stopped && !signal.aborted) {
      const index = position++;
      const known = units.outcome(index);
      if (!known) return index;
      outcomes[index] = known;
      stopped ||= 'error' in known && onError === 'stop';
    }
    return undefined;
  };
  const lanes = Math.min(Math.max(Math.trunc(concurrency), 1), items.length);
  const first = Array.from({ length: lanes }, take).filter((index) => index !== undefined);
  await units.begin(first, lanes);
  const lane = async (begun: number) => {
    for (let index: number | undefined = begun; index !== undefined;) {
      let outcome: UnitOutcome;
      try {
        const result = work(items[index] as Item, index);
        outcome = { result: result instanceof Promise ? await result : result };
      } catch (error) {
        outcome = { error };
        stopped ||= onError === 'stop';
      }
      outcomes[index] = outcome;
      const next = take();
      // A failure that ends the run says so by itself, and the next attempt is to try the item again.
      if (!('error' in outcome && onError === 'stop')) await units.advance(index, outcome, next, lanes);
      index = next;
    }
  };
  await Promise.all(first.map(lane));
  return outcomes;
}

function isItemList(result: PerItemResult): result is ItemList {
  return 'chunks' in result && typeof result.chunks === 'function';
}

function collect(ports: Item[][], result: PerItemResult, index: number): void {
  if (Array.isArray(result)) {
    for (const item of result as readonly Item[]) ports[0]!.push(paired(item, index));
  } else if ('ports' in result && Array.isArray(result.ports)) {
    (result as PerItemPorts).ports.forEach((list, port) => {
      for (const item of list) ports[port]?.push(paired(item, index));
    });
  } else {
    ports[0]!.push(paired(result as Item, index));
  }
}

/** An item that was passed on still carries the lineage of the node before, so it is always written anew. */
function paired(item: Item, index: number): Item {
  return { ...item, pairedItem: { item: index } };
}

/** What stands for an item that failed. The error port keeps what it held, so that a later node can try again with it. */
export function errorItem(item: Item, index: number, error: unknown, onError: OnError): Item {
  const message = messageOf(error);
  const pairedItem = { item: index };
  if (onError === 'continue') return { json: { error: message }, pairedItem };
  return {
    json: { ...item.json, error: message },
    ...(item.binary && { binary: item.binary }),
    pairedItem,
  };
}

/** The same failure, saying on which item it happened. */
export function withItemIndex(error: unknown, itemIndex: number): NodeError {
  if (!isEngineError(error))
    return new NodeError('NODE_FAILED', { reason: messageOf(error), itemIndex }, { cause: error });
  return new NodeError(error.code, { itemIndex, ...error.facts }, { cause: error });
}
