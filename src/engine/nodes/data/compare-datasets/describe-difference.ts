import type { Item } from '../../../../contract/index.ts';
import { setPath } from '../../../node-kit/index.ts';
import type { CompareRules } from './compare-datasets.ts';
import type { Equality } from './equality.ts';
import { readField, withoutFields } from './fields.ts';

export type SideNames = 'A-B' | '1-2';
type Fields = Record<string, unknown>;

/**
 * `{ keys, same, different, skipped }`: the values of the keys, the first item's equal fields, and for every other
 * field both values, null where absent. `skipped` is there when fields are left out.
 */
export function describeDifference(
  first: Item['json'],
  second: Item['json'],
  { keys, skip, dottedPaths, sideNames }: CompareRules,
  equal: Equality,
): Item['json'] {
  const sides = (a: unknown, b: unknown) =>
    sideNames === 'A-B' ? { inputA: a ?? null, inputB: b ?? null } : { input1: a ?? null, input2: b ?? null };
  const values = Object.fromEntries(
    keys.map(({ first: field }) => [field, readField(first, field, dottedPaths) ?? null]),
  );
  const keptFirst = withoutFields(first, skip, dottedPaths);
  const keptSecond = withoutFields(second, skip, dottedPaths);
  const same: Fields = {};
  const different: Fields = {};
  for (const name of new Set([...Object.keys(keptFirst), ...Object.keys(keptSecond)])) {
    // As it was before parts were left out: the pair shows where the rest of the difference lies.
    if (equal(first[name], second[name])) same[name] = keptFirst[name] ?? null;
    else different[name] = sides(keptFirst[name], keptSecond[name]);
  }
  const skipped: Fields = {};
  for (const field of skip) {
    const a = readField(first, field, dottedPaths);
    const b = readField(second, field, dottedPaths);
    if (a === undefined && b === undefined) continue;
    const [root = field, ...rest] = dottedPaths && !Object.hasOwn(first, field) ? field.split('.') : [field];
    const place = (skipped[root] ??= rest.length === 0 ? sides(a, b) : sides({}, {})) as Fields;
    if (rest.length === 0) continue;
    for (const [side, value] of Object.entries(sides(a, b)))
      setPath(place, `${side}.${rest.join('.')}`, value);
  }
  return { keys: values, same, different, ...(Object.keys(skipped).length > 0 && { skipped }) };
}
