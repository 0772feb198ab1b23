import type { Item } from '../../../../contract/index.ts';
import { derive, NodeError } from '../../../node-kit/index.ts';
import { mergeItems, type MergeRules, type Part } from './merge-items.ts';

type Lists = ReadonlyArray<readonly Item[]>;

/** More items than this are a slip rather than a wish, and would fill the memory. */
const MOST_COMBINATIONS = 1_000_000;

export function append(lists: Lists): Item[] {
  return lists.flatMap((items, input) =>
    items.map((item, index) => derive(item.json, index, input, item.binary)),
  );
}

/** The first items of all inputs made into one, then the second ones and so on. */
export function byPosition(
  lists: Lists,
  rules: MergeRules & { includeUnpaired: boolean; unpairedFrom: 'all' | 'first' },
): Item[] {
  const lengths = lists.map((items) => items.length);
  const length = rules.includeUnpaired
    ? rules.unpairedFrom === 'first'
      ? (lengths[0] ?? 0)
      : Math.max(...lengths)
    : Math.min(...lengths);
  return Array.from({ length }, (_, index) => {
    const parts: Part[] = [];
    lists.forEach((items, input) => {
      const item = items[index];
      if (item) parts.push({ item, index, input });
    });
    return mergeItems(parts, rules);
  });
}

/** Every item of the first input with every item of the second. */
export function combinations(first: readonly Item[], second: readonly Item[], rules: MergeRules): Item[] {
  const count = first.length * second.length;
  if (count > MOST_COMBINATIONS) {
    const reason = `${first.length} × ${second.length} items make ${count} combinations, more than ${MOST_COMBINATIONS}`;
    throw new NodeError('NODE_FAILED', { reason });
  }
  return first.flatMap((item, index) =>
    second.map((other, otherIndex) =>
      mergeItems(
        [
          { item, index, input: 0 },
          { item: other, index: otherIndex, input: 1 },
        ],
        rules,
      ),
    ),
  );
}
