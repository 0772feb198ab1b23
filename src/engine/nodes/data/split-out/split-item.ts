import type { Item } from '../../../../contract/index.ts';
import { derive, getPath, NodeError, omitFields, pickFields, setPath } from '../../../node-kit/index.ts';

interface Settings {
  fields: ReadonlyArray<{ field: string; destination: string }>;
  include: 'none' | 'selected' | 'all';
  includeFields: ReadonlyArray<{ field: string }>;
  /** What happens to an item that has no list there. */
  missing: 'ignore' | 'fail';
  keepBinary: boolean;
}

/**
 * One item per entry of a list (or value of an object). Several lists are taken side by side, up to the longest.
 * Objects of a lone list become items as they are, unless they get a name or stand beside other fields.
 */
export function splitItem(item: Item, index: number, settings: Settings): Item[] {
  const { fields, include } = settings;
  const lists = fields.map(({ field, destination }) => ({
    name: destination || field,
    entries: entriesOf(getPath(item.json, field), field, settings.missing),
  }));
  const rest = restOf(item.json, settings);
  const isAlone = fields.length === 1 && include === 'none' && !fields[0]?.destination;
  const length = Math.max(...lists.map(({ entries }) => entries.length));
  const output: Item[] = [];
  for (let position = 0; position < length; position++) {
    const entry = lists[0]?.entries[position];
    let json: Item['json'];
    if (isAlone && isObject(entry)) json = { ...entry };
    else {
      json = { ...rest };
      for (const { name, entries } of lists) setPath(json, name, entries[position] ?? null);
    }
    output.push(derive(json, index, 0, settings.keepBinary ? item.binary : undefined));
  }
  return output;
}

function entriesOf(value: unknown, field: string, missing: Settings['missing']): readonly unknown[] {
  if (missing === 'fail' && (typeof value !== 'object' || value === null))
    throw new NodeError('FIELD_MISSING', { field });
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [value];
}

function restOf(json: Item['json'], { fields, include, includeFields }: Settings): Item['json'] {
  if (include === 'none') return {};
  if (include === 'selected')
    return pickFields(
      json,
      includeFields.map(({ field }) => field),
    );
  return omitFields(
    json,
    fields.map(({ field }) => field),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
