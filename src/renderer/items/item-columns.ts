import type { Item } from '../../contract/index.ts';

export interface ItemColumns {
  names: string[];
  /** How many further fields the items have that are not among `names`. */
  hidden: number;
}

const LOOKED_AT = 500;
const MAX_COLUMNS = 60;

/** The fields of the items in the order of first appearance; a sample of the items decides. */
export function itemColumns(items: readonly Item[]): ItemColumns {
  const names = new Set<string>();
  for (const item of items.slice(0, LOOKED_AT)) for (const name of Object.keys(item.json)) names.add(name);
  return { names: [...names].slice(0, MAX_COLUMNS), hidden: Math.max(0, names.size - MAX_COLUMNS) };
}
