import type { Item } from '../../../../contract/index.ts';
import { getSegments, parsePath } from '../../../node-kit/index.ts';
import { compareValues, sortKey, type SortKey } from './compare-values.ts';

interface SortField {
  field: string;
  order: 'asc' | 'desc';
}

/** The indexes of the items in sorted order; equal items stay in theirs. Missing values come last either way. */
export function sortedOrder(
  items: readonly Item[],
  fields: readonly SortField[],
  caseSensitive: boolean,
): { order: number[]; unknownFields: string[] } {
  // Keys are made once per item: sorting compares each item some fifteen times.
  const columns = fields.map(({ field, order }) => {
    const segments = parsePath(field);
    const keys: SortKey[] = items.map(({ json }) => sortKey(getSegments(json, segments), caseSensitive));
    return { field, keys, direction: order === 'asc' ? 1 : -1 };
  });
  const order = items.map((_item, index) => index);
  order.sort((a, b) => {
    for (const { keys, direction } of columns) {
      const difference = compareValues(keys[a] as SortKey, keys[b] as SortKey, direction);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  const unknownFields = columns
    .filter(({ keys }) => keys.every(({ isMissing }) => isMissing))
    .map(({ field }) => field);
  return { order, unknownFields: items.length > 0 ? unknownFields : [] };
}

/** Every order is as likely as any other (Fisher and Yates). `random` gives numbers from 0 to below 1. */
export function shuffledOrder(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
