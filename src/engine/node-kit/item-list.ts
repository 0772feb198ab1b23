import type { Item } from '../../contract/index.ts';

/**
 * The items of one port. Small lists are arrays in memory; large ones may live on disk, and then only `chunks` and
 * `read` reach them. Whoever holds a list only reads it.
 */
export interface ItemList {
  readonly length: number;
  /** The items themselves where they are in memory, null where they were spilled to disk. */
  readonly inMemory: readonly Item[] | null;
  /** The items in order, some thousands at a time. */
  chunks(): AsyncIterable<readonly Item[]>;
  /** All items at once; reads a spilled list back from disk, synchronously. */
  read(): readonly Item[];
}

export function itemListOf(items: readonly Item[]): ItemList {
  return {
    length: items.length,
    inMemory: items,
    async *chunks() {
      if (items.length > 0) yield await Promise.resolve(items);
    },
    read: () => items,
  };
}

export const EMPTY_ITEM_LIST: ItemList = itemListOf([]);

/** The items of several lists, one after the other. */
export function joinLists(lists: readonly ItemList[]): ItemList {
  const [only, ...others] = lists;
  if (others.length === 0) return only ?? EMPTY_ITEM_LIST;
  const isInMemory = lists.every(({ inMemory }) => inMemory !== null);
  if (isInMemory) return itemListOf(lists.flatMap((list) => list.inMemory ?? []));
  return {
    length: lists.reduce((sum, { length }) => sum + length, 0),
    inMemory: null,
    async *chunks() {
      for (const list of lists) yield* list.chunks();
    },
    read: () => lists.flatMap((list) => list.read()),
  };
}
