import type { Item } from '../../../../contract/index.ts';
import { derive, getPath, NodeError } from '../../../node-kit/index.ts';
import { mergeItems, type MergeRules } from './merge-items.ts';

interface JoinRules extends MergeRules {
  /** Fields to compare; an empty `second` is called like the first. */
  fields: ReadonlyArray<{ first: string; second: string }>;
  join: 'inner' | 'left' | 'right' | 'outer' | 'anti';
  /** What is kept of the matches, or with `anti` of the others. */
  keep: 'both' | 'first' | 'second';
  multipleMatches: 'all' | 'first' | 'last';
  /** With `anti`: the name of a field that tells which input an item is from, `input1` or `input2`; empty for none. */
  sourceField: string;
  /** What happens when no item of an input has one of the fields. */
  missing: 'ignore' | 'fail';
  /** "1" is the same as 1. */
  looseKeys: boolean;
}

/** Joins two inputs by the values of fields, in the order of the first input; what only the second has comes last. */
export function byKey(first: readonly Item[], second: readonly Item[], rules: JoinRules): Item[] {
  const firstKey = keyReader(
    rules.fields.map((pair) => pair.first),
    rules.looseKeys,
  );
  const secondKey = keyReader(
    rules.fields.map((pair) => pair.second || pair.first),
    rules.looseKeys,
  );
  if (rules.missing === 'fail') {
    for (const { first: field, second: other } of rules.fields) {
      needField(first, field);
      needField(second, other || field);
    }
  }
  const bySecondKey = indexBy(second, secondKey);
  const usedSecond = new Set<number>();
  const output: Item[] = [];

  first.forEach((item, index) => {
    const key = firstKey(item);
    const all = (key !== undefined && bySecondKey.get(key)) || [];
    for (const other of all) usedSecond.add(other);
    if (all.length === 0) {
      if (keepsFirst(rules)) output.push(derive(marked(item.json, 0, rules), index, 0, item.binary));
      return;
    }
    if (rules.join === 'anti') return;
    if (rules.join === 'inner' && rules.keep !== 'both') {
      if (rules.keep === 'first') output.push(derive(item.json, index, 0, item.binary));
      return;
    }
    for (const other of pick(all, rules.multipleMatches)) {
      const partner = { item: second[other] as Item, index: other, input: 1 };
      output.push(mergeItems([{ item, index, input: 0 }, partner], rules));
    }
  });

  const wantsMatches = rules.join === 'inner' && rules.keep === 'second';
  if (wantsMatches || keepsSecond(rules)) {
    second.forEach((item, index) => {
      if (usedSecond.has(index) === wantsMatches)
        output.push(derive(marked(item.json, 1, rules), index, 1, item.binary));
    });
  }
  return output;
}

function needField(items: readonly Item[], field: string): void {
  if (items.every(({ json }) => getPath(json, field) === undefined))
    throw new NodeError('FIELD_MISSING', { field });
}

function marked(json: Item['json'], input: number, { join, sourceField }: JoinRules): Item['json'] {
  return join === 'anti' && sourceField !== '' ? { ...json, [sourceField]: `input${input + 1}` } : json;
}

function pick(all: number[], wanted: JoinRules['multipleMatches']): number[] {
  if (wanted === 'all') return all;
  return wanted === 'first' ? all.slice(0, 1) : all.slice(-1);
}

function keepsFirst({ join, keep }: JoinRules): boolean {
  return join === 'left' || join === 'outer' || (join === 'anti' && keep !== 'second');
}

function keepsSecond({ join, keep }: JoinRules): boolean {
  return join === 'right' || join === 'outer' || (join === 'anti' && keep !== 'first');
}

type KeyReader = (item: Item) => string | undefined;

/** An item without one of the fields matches nothing. */
function keyReader(paths: readonly string[], loose: boolean): KeyReader {
  return ({ json }) => {
    let key = '';
    for (const path of paths) {
      const value = getPath(json, path);
      if (value === undefined || value === null) return undefined;
      const comparable = loose && typeof value !== 'object' ? String(value).trim() : value;
      key += `${JSON.stringify(comparable)}\n`;
    }
    return key;
  };
}

function indexBy(items: readonly Item[], keyOf: KeyReader): Map<string, number[]> {
  const index = new Map<string, number[]>();
  items.forEach((item, position) => {
    const key = keyOf(item);
    if (key === undefined) return;
    const known = index.get(key);
    if (known) known.push(position);
    else index.set(key, [position]);
  });
  return index;
}
