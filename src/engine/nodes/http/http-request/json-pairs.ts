import { NodeError } from '../../../node-kit/index.ts';

export type Pair = [name: string, value: string];
/** `a=1&a=2`, `a[]=1&a[]=2`, `a[0]=1&a[1]=2`. */
export type ArrayFormat = 'repeat' | 'brackets' | 'indices';

/**
 * The fields of a JSON object as names and texts: `{ a: { b: 1 } }` is `a[b]=1`, lists are written as `arrayFormat`
 * says, null is an empty text. Throws PARAMETER_INVALID for what is no object.
 */
export function pairsOfJson(value: unknown, about: { parameter: string; arrayFormat: ArrayFormat }): Pair[] {
  const { parameter, arrayFormat } = about;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new NodeError('PARAMETER_INVALID', { parameter, field: parameter, reason: 'an object is needed' });
  return Object.entries(value).flatMap(([name, entry]) => flatten(name, entry, arrayFormat));
}

function flatten(name: string, value: unknown, arrayFormat: ArrayFormat): Pair[] {
  if (value === undefined) return [];
  if (value === null) return [[name, '']];
  if (typeof value !== 'object') return [[name, String(value as string | number | boolean)]];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => flatten(name + SUFFIXES[arrayFormat](index), entry, arrayFormat));
  return Object.entries(value).flatMap(([key, entry]) => flatten(`${name}[${key}]`, entry, arrayFormat));
}

const SUFFIXES: Record<ArrayFormat, (index: number) => string> = {
  repeat: () => '',
  brackets: () => '[]',
  indices: (index) => `[${index}]`,
};
