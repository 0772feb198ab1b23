import type { Item } from '../../../../contract/index.ts';
import { deletePath, getPath } from '../../../node-kit/index.ts';

/** A field's value; one that is called by the whole text comes before the path that the text spells. */
export function readField(json: Item['json'], field: string, dottedPaths: boolean): unknown {
  if (Object.hasOwn(json, field)) return json[field];
  return dottedPaths ? getPath(json, field) : undefined;
}

/** A copy without some fields. */
export function withoutFields(
  json: Item['json'],
  fields: readonly string[],
  dottedPaths: boolean,
): Record<string, unknown> {
  if (fields.length === 0) return json;
  const copy = { ...json };
  for (const field of fields) {
    if (Object.hasOwn(copy, field)) delete copy[field];
    else if (dottedPaths) deletePath(copy, field);
  }
  return copy;
}
