import type { Item } from '../../../../contract/index.ts';
import type { CompareRules } from './compare-datasets.ts';
import type { Equality } from './equality.ts';
import { readField } from './fields.ts';

type KeyRules = Pick<CompareRules, 'keys' | 'multipleMatches' | 'loose' | 'dottedPaths'>;

/** Finds the items of the second input that an item of the first belongs to. An item without a key belongs to none. */
export function matchFinder(
  second: readonly Item[],
  { keys, multipleMatches, loose, dottedPaths }: KeyRules,
  equal: Equality,
): (item: Item) => number[] {
  const valuesOf = (item: Item, side: 'first' | 'second') =>
    keys.map((key) => readField(item.json, key[side], dottedPaths));
  const buckets = new Map<string, Array<{ position: number; values: unknown[] }>>();
  second.forEach((item, position) => {
    const values = valuesOf(item, 'second');
    if (values.includes(undefined)) return;
    const bucket = bucketOf(values, loose);
    const entries = buckets.get(bucket);
    if (entries) entries.push({ position, values });
    else buckets.set(bucket, [{ position, values }]);
  });
  return (item) => {
    const values = valuesOf(item, 'first');
    if (values.includes(undefined)) return [];
    const found: number[] = [];
    for (const entry of buckets.get(bucketOf(values, loose)) ?? []) {
      if (!values.every((value, index) => equal(value, entry.values[index]))) continue;
      found.push(entry.position);
      if (multipleMatches === 'first') break;
    }
    return found;
  };
}

/** Equal values are in one bucket; one bucket may hold values that are not equal. */
function bucketOf(values: readonly unknown[], loose: boolean): string {
  return JSON.stringify(loose ? values.map(looseBucket) : values.map(strictBucket));
}

/** The order of an object's fields says nothing, so objects share a bucket. */
function strictBucket(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : value;
}

function looseBucket(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '' : '{';
  const text = String(value ?? '').trim();
  if (text === '[]' || text === '{}') return '';
  if (/^[[{]/.test(text)) return '{';
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? '1' : '0';
  const number = text === '' ? NaN : Number(text);
  return Number.isNaN(number) ? text : String(number);
}
