import type { Item, PairedItem } from '../../../../contract/index.ts';

export interface MergeRules {
  /** Whose value counts where several items have a field; `suffix` keeps all, as `name_1`, `name_2`; `suffix-all` names even
   * the fields so that only one has. */
  clash: 'prefer-first' | 'prefer-last' | 'suffix' | 'suffix-all';
  /** `deep` merges objects field by field, `shallow` takes one whole. */
  nested: 'deep' | 'shallow';
  /** An empty text, null or nothing never takes the place of something. */
  skipEmpty: boolean;
}

/** An item together with where it came from. */
export interface Part {
  item: Item;
  index: number;
  input: number;
}

/** One item made of several, descending from all of them. */
export function mergeItems(parts: readonly Part[], rules: MergeRules): Item {
  const pairedItem = parts.map(({ index, input }): PairedItem =>
    input === 0 ? { item: index } : { item: index, input },
  );
  const ordered = rules.clash === 'prefer-first' ? [...parts].reverse() : parts;
  const json = rules.clash.startsWith('suffix')
    ? withSuffixes(parts, rules.clash === 'suffix-all')
    : mergeJson(ordered, rules);
  let binary: Item['binary'];
  for (const { item } of ordered) if (item.binary) binary = { ...binary, ...item.binary };
  return { json, ...(binary && { binary }), pairedItem };
}

function mergeJson(parts: readonly Part[], rules: MergeRules): Item['json'] {
  const json: Item['json'] = {};
  for (const { item } of parts) mergeInto(json, item.json, rules);
  return json;
}

/** Objects that are met in `target` are copied before they change: they belong to the items merged. */
function mergeInto(
  target: Record<string, unknown>,
  source: Record<string, unknown>,
  rules: MergeRules,
): void {
  for (const [key, value] of Object.entries(source)) {
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (rules.skipEmpty && isEmpty(value) && !isEmpty(known)) continue;
    if (rules.nested === 'deep' && isPlain(known) && isPlain(value)) {
      const copy = { ...known };
      mergeInto(copy, value, rules);
      define(target, key, copy);
    } else define(target, key, value);
  }
}

/** Assigning to a field called `__proto__` would set the prototype instead. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function withSuffixes(parts: readonly Part[], all: boolean): Item['json'] {
  const owners = new Map<string, number>();
  for (const { item } of parts)
    for (const key of Object.keys(item.json)) owners.set(key, (owners.get(key) ?? 0) + 1);
  const json: Item['json'] = {};
  for (const { item, input } of parts) {
    for (const [key, value] of Object.entries(item.json)) {
      define(json, !all && owners.get(key) === 1 ? key : `${key}_${input + 1}`, value);
    }
  }
  return json;
}
