import type { Item } from '../../contract/index.ts';
import { deletePath, getPath, setPath } from './paths.ts';

type Json = Item['json'];

/** A new object with these fields (dotted paths) of another; missing ones are left out. */
export function pickFields(json: Json, paths: readonly string[]): Json {
  const picked: Json = {};
  for (const path of paths) {
    const value = getPath(json, path);
    if (value !== undefined) setPath(picked, path, value);
  }
  return picked;
}

/** A copy without these fields (dotted paths). */
export function omitFields(json: Json, paths: readonly string[]): Json {
  const rest = { ...json };
  for (const path of paths) deletePath(rest, path);
  return rest;
}
