import type { Item } from '../../../../contract/index.ts';
import { getPath, omitFields } from '../../../node-kit/index.ts';

/** The indexes of the items that no earlier one equals in what is compared. */
export function firstOfEach(
  items: readonly Item[],
  compare: 'all' | 'selected' | 'except',
  paths: readonly string[],
): Set<number> {
  const seen = new Set<string>();
  const kept = new Set<number>();
  items.forEach(({ json }, index) => {
    const compared =
      compare === 'selected'
        ? paths.map((path) => getPath(json, path) ?? null)
        : compare === 'except'
          ? omitFields(json, paths)
          : json;
    const key = JSON.stringify(compared, sortedKeys);
    if (seen.has(key)) return;
    seen.add(key);
    kept.add(index);
  });
  return kept;
}

/** Objects with the same fields are equal in whatever order these were written. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
