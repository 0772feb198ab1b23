import type { ItemData } from './call.ts';
import { problem } from './problem.ts';

export type OutputItem = ItemData & { pairedItem?: unknown };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function describe(value: unknown): string {
  if (value === undefined) return 'nothing (is a "return" missing?)';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const invalid = (reason: string, itemIndex?: number) => problem('CODE_OUTPUT_INVALID', reason, itemIndex);

/** An item of what the code returned: objects with an object under `json` are items, others become its JSON. */
function toItem(value: unknown, index: number, wraps: boolean): OutputItem {
  if (!isRecord(value)) throw invalid(`entry ${index} of what was returned is ${describe(value)}.`, index);
  if (value instanceof Date) throw invalid(`entry ${index} of what was returned is a date.`, index);
  if (wraps) return { json: value };
  if (!isRecord(value.json)) {
    throw invalid(
      `entry ${index} of what was returned has ${describe(value.json)} under "json" instead of an object.`,
      index,
    );
  }
  const item: OutputItem = { json: value.json };
  if (value.binary !== undefined && value.binary !== null) {
    if (!isRecord(value.binary))
      throw invalid(`entry ${index} of what was returned has no object under "binary".`, index);
    item.binary = value.binary;
  }
  if (value.pairedItem !== undefined) item.pairedItem = toPaired(value.pairedItem, index);
  return item;
}

function toPaired(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => toPaired(entry, index));
  const item = isRecord(value) ? value.item : value;
  const input = isRecord(value) ? value.input : undefined;
  const isCount = (number: unknown) => Number.isInteger(number) && (number as number) >= 0;
  if (!isCount(item) || (input !== undefined && !isCount(input))) {
    throw invalid(
      `entry ${index} of what was returned has a "pairedItem" that is not the number of an input item.`,
      index,
    );
  }
  return input === undefined ? { item } : { item, input };
}

/** Items are told from plain objects by their `json`; a list is one or the other. */
const isItem = (value: unknown) => isRecord(value) && isRecord(value.json);

/** What code for all items returned, with the lineage that can be told. */
export function normalizeAll(returned: unknown, input: readonly ItemData[]): OutputItem[] {
  if (!Array.isArray(returned) && !isRecord(returned)) throw invalid(`it returned ${describe(returned)}.`);
  const values: unknown[] = Array.isArray(returned) ? returned : [returned];
  const wraps = !values.some(isItem);
  const indexes = new Map<unknown, number>();
  input.forEach((item, index) => indexes.set(item, index).set(item.json, index));
  return values.map((value, index) => {
    const item = toItem(value, index, wraps);
    if (item.pairedItem !== undefined) return item;
    const source =
      indexes.get(value) ??
      indexes.get(item.json) ??
      (values.length === input.length ? index : input.length === 1 ? 0 : undefined);
    if (source !== undefined) item.pairedItem = { item: source };
    return item;
  });
}

/** What code for each item returned; null leaves the item out. */
export function normalizeEach(returned: unknown, itemIndex: number): OutputItem | undefined {
  if (returned === null) return undefined;
  if (!isRecord(returned)) {
    throw invalid(
      `for item ${itemIndex} it returned ${describe(returned)}. Return one object, or null to leave the item out.`,
      itemIndex,
    );
  }
  const item = toItem(returned, itemIndex, !isItem(returned));
  item.pairedItem ??= { item: itemIndex };
  return item;
}
