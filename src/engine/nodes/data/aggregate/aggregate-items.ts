import type { Item } from '../../../../contract/index.ts';
import {
  getSegments,
  NodeError,
  omitFields,
  parsePath,
  pickFields,
  setPath,
} from '../../../node-kit/index.ts';

type Json = Item['json'];

/** One object with a list per field. Lists are named after the last part of the path, unless renamed. */
export function aggregateFields(
  items: readonly Item[],
  settings: {
    fields: ReadonlyArray<{ field: string; renameTo: string }>;
    /** Missing values and null become null instead of being left out. */
    keepMissing: boolean;
    /** Values that are lists are joined into one list. */
    mergeLists: boolean;
    /** What happens when no item has a field at all. */
    missing: 'ignore' | 'fail';
  },
): Json {
  const json: Json = {};
  for (const { field, renameTo } of settings.fields) {
    const segments = parsePath(field);
    const name = renameTo || String(segments.at(-1));
    if (Object.hasOwn(json, name)) {
      const reason = `two lists would be called "${name}", rename one`;
      throw new NodeError('PARAMETER_INVALID', { parameter: 'fields', field: 'fields', reason });
    }
    if (
      settings.missing === 'fail' &&
      items.every(({ json: one }) => getSegments(one, segments) === undefined)
    )
      throw new NodeError('FIELD_MISSING', { field });
    const values: unknown[] = [];
    for (const item of items) {
      const value = getSegments(item.json, segments);
      if (value === undefined || value === null) {
        if (settings.keepMissing) values.push(null);
      } else if (settings.mergeLists && Array.isArray(value)) {
        for (const entry of value as unknown[]) values.push(entry);
      } else values.push(value);
    }
    setPath(json, renameTo || JSON.stringify([name]), values);
  }
  return json;
}

/** One object with the data of all items in one list. */
export function aggregateItems(
  items: readonly Item[],
  settings: {
    destination: string;
    include: 'all' | 'selected' | 'except';
    includeFields: ReadonlyArray<{ field: string }>;
  },
): Json {
  const { destination, include } = settings;
  const paths = settings.includeFields.map(({ field }) => field);
  const list =
    include === 'all'
      ? items.map(({ json }) => json)
      : items.map(({ json }) => (include === 'selected' ? pickFields(json, paths) : omitFields(json, paths)));
  const json: Json = {};
  setPath(json, destination, list);
  return json;
}
