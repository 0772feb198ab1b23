import { isDeepStrictEqual } from 'node:util';

export type Equality = (first: unknown, second: unknown) => boolean;

export const strictlyEqual: Equality = isDeepStrictEqual;

/** Equality of what people mean by values of other types: 1, "1" and true; [] and ""; JSON as text and as value. */
export function looselyEqual(missingIsEmpty: boolean): Equality {
  return (first, second) => {
    const isEmpty = (value: unknown) =>
      (missingIsEmpty && value === undefined) ||
      value === null ||
      value === '' ||
      (Array.isArray(value) && value.length === 0);
    if (isEmpty(first) && isEmpty(second)) return true;
    return strictlyEqual(first, second) || converts(first, second) || converts(second, first);
  };
}

/** Whether the second spells the first. */
function converts(first: unknown, second: unknown): boolean {
  if (typeof first === 'boolean') return booleanOf(second) === first;
  if (typeof second !== 'string' || second.trim() === '') return false;
  if (typeof first === 'number') return Number(second) === first;
  return typeof first === 'object' && first !== null && strictlyEqual(parsed(second), first);
}

function booleanOf(value: unknown): boolean | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
