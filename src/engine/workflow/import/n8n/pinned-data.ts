import { z } from 'zod';
import { PairedItem, type Item } from '../../../../contract/index.ts';

const Paired = z.union([
  z
    .number()
    .int()
    .nonnegative()
    .transform((item) => ({ item })),
  PairedItem,
]);
const Wrapped = z.looseObject({
  json: z.record(z.string(), z.unknown()),
  pairedItem: z
    .union([Paired, z.array(Paired)])
    .optional()
    .catch(undefined),
});

/** Pinned items in our shape. Old exports pin plain objects; files are left out, since there they lie within the item. */
export function pinnedItems(pinned: readonly unknown[]): { items: Item[]; hasFiles: boolean } {
  let hasFiles = false;
  const items = pinned.map((entry): Item => {
    const wrapped = Wrapped.safeParse(entry);
    if (!wrapped.success) {
      const plain = z.record(z.string(), z.unknown()).safeParse(entry);
      return { json: plain.success ? plain.data : { value: entry } };
    }
    const { json, pairedItem, binary } = wrapped.data;
    hasFiles ||= typeof binary === 'object' && binary !== null && Object.keys(binary).length > 0;
    return pairedItem === undefined ? { json } : { json, pairedItem };
  });
  return { items, hasFiles };
}
