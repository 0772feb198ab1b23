import { DateTime } from 'luxon';

/** Same type and content, whatever the order of keys. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      deepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** The first of each group of equal values. Primitives are found by hash, so that long lists stay fast. */
export function distinct(values: readonly unknown[]): unknown[] {
  const primitives = new Set<unknown>();
  const objects: unknown[] = [];
  return values.filter((value) => {
    if (typeof value !== 'object' || value === null) {
      if (primitives.has(value)) return false;
      primitives.add(value);
      return true;
    }
    if (objects.some((other) => deepEqual(other, value))) return false;
    objects.push(value);
    return true;
  });
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Date || DateTime.isDateTime(value)) return false;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
