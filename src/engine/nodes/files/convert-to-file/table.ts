import type { Item } from '../../../../contract/index.ts';
import { flatten } from './flatten.ts';

/** Items as rows of plain cells under columns in the order they first appear. */
export function tableOf(
  items: readonly Item[],
  lists: 'json' | 'columns',
): { columns: string[]; rows: unknown[][] } {
  const records = items.map(({ json }) => flatten(json, lists));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((column) => record[column] ?? null)) };
}
