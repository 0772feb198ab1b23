import { Item } from '../../contract/index.ts';

/** Items as a user edits them: the JSON of each, with the wrapping only where an item carries files. */
export function itemsText(items: readonly Item[]): string {
  const shown = items.map(({ json, binary }) => (binary ? { json, binary } : json));
  return JSON.stringify(shown.length > 0 ? shown : [{}], null, 2);
}

/** Reads edited items: plain objects are the JSON of an item; an object with nothing but `json` and `binary` is one. */
export function parseItemsText(text: string): { items: Item[] } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const items: Item[] = [];
  for (const [index, entry] of list.entries()) {
    if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return { fault: `[${index}]` };
    const parsed = Item.safeParse(isWrapped(entry) ? entry : { json: entry });
    if (!parsed.success) return { fault: `[${index}]` };
    items.push(parsed.data);
  }
  return { items };
}

function isWrapped(entry: object): boolean {
  return 'json' in entry && Object.keys(entry).every((key) => ['json', 'binary', 'pairedItem'].includes(key));
}
