import type { Item } from '../../../../contract/index.ts';
import { getPath, NodeError } from '../../../node-kit/index.ts';
import { aggregate, isEmpty, PREFIXES, type Summary } from './aggregations.ts';

interface Settings {
  summaries: readonly Summary[];
  groupBy: ReadonlyArray<{ field: string }>;
  /** An item per group, or one item with the groups as nested objects. */
  output: 'items' | 'one-item';
  skipEmptyGroups: boolean;
  /** Keys of groups as texts, whatever they were. */
  keysAsText: boolean;
  /** `a.b` is field b of object a, and not a field called "a.b". */
  dottedPaths: boolean;
  /** What happens when no item has a summarised field at all. */
  missing: 'ignore' | 'fail';
}

interface Group {
  keys: unknown[];
  indexes: number[];
}

/** Summaries of all items, or of each group of them, with the items each came from. */
export function summarizeItems(items: readonly Item[], settings: Settings): Item[] {
  const { summaries, groupBy, output, missing } = settings;
  if (missing === 'fail') {
    const isMissing = ({ field }: Summary) =>
      items.every(({ json }) => valueOf(json, field, settings) === undefined);
    const unknown = summaries.find(isMissing);
    if (unknown) throw new NodeError('FIELD_MISSING', { field: unknown.field });
  }
  const fields = groupBy.map(({ field }) => field);
  const groups = groupItems(items, fields, settings);
  const summarized = groups.map((group) => ({
    ...group,
    json: summarizeGroup(items, group.indexes, settings),
  }));
  if (output === 'items' || fields.length === 0) {
    return summarized.map(({ keys, indexes, json }) => ({
      json: { ...Object.fromEntries(fields.map((field, at) => [nameOf(field), keys[at]])), ...json },
      pairedItem: indexes.map((item) => ({ item })),
    }));
  }
  const json: Record<string, unknown> = {};
  for (const { keys, json: summary } of summarized) place(json, keys.map(String), summary);
  return [{ json, pairedItem: items.map((_item, item) => ({ item })) }];
}

/** Groups in the order of their first keys, within these of their second ones, and so on. */
function groupItems(items: readonly Item[], fields: readonly string[], settings: Settings): Group[] {
  const { skipEmptyGroups, keysAsText } = settings;
  if (fields.length === 0) return [{ keys: [], indexes: items.map((_item, index) => index) }];
  const groups = new Map<string, Group>();
  items.forEach(({ json }, index) => {
    const found = fields.map((field) => valueOf(json, field, settings) ?? null);
    if (skipEmptyGroups && found.some(isEmpty)) return;
    const keys = keysAsText ? found.map(textOf) : found;
    const name = JSON.stringify(keys);
    const group = groups.get(name);
    if (group) group.indexes.push(index);
    else groups.set(name, { keys, indexes: [index] });
  });
  return inKeyOrder([...groups.values()], fields.length);
}

function inKeyOrder(groups: readonly Group[], depth: number): Group[] {
  const ranks = Array.from({ length: depth }, (_, level) => {
    const seen = new Map<string, number>();
    for (const { keys } of groups) {
      const prefix = JSON.stringify(keys.slice(0, level + 1));
      if (!seen.has(prefix)) seen.set(prefix, seen.size);
    }
    return seen;
  });
  const rank = ({ keys }: Group, level: number) =>
    ranks[level]?.get(JSON.stringify(keys.slice(0, level + 1))) ?? 0;
  return [...groups].sort((a, b) => {
    for (let level = 0; level < depth; level++) {
      const difference = rank(a, level) - rank(b, level);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function summarizeGroup(
  items: readonly Item[],
  indexes: readonly number[],
  settings: Settings,
): Record<string, unknown> {
  return Object.fromEntries(
    settings.summaries.map((summary) => {
      const values = indexes.map((index) => valueOf((items[index] as Item).json, summary.field, settings));
      return [PREFIXES[summary.aggregation] + nameOf(summary.field), aggregate(values, summary)];
    }),
  );
}

function valueOf(json: Item['json'], field: string, { dottedPaths }: Settings): unknown {
  if (dottedPaths) return getPath(json, field);
  return Object.hasOwn(json, field) ? json[field] : undefined;
}

/** A path as one name: summaries stand beside each other, not within objects. */
function nameOf(field: string): string {
  return field.replace(/[[\]"]/g, '').replace(/[ .]/g, '_');
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function place(
  target: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): void {
  const inner = rest.length === 0 ? value : Object.hasOwn(target, key) ? target[key] : {};
  Object.defineProperty(target, key, { value: inner, enumerable: true, configurable: true, writable: true });
  if (rest.length > 0) place(inner as Record<string, unknown>, rest, value);
}
