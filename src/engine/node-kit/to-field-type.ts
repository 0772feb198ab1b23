import type { Assignment } from '../../contract/index.ts';

/** A value as the type a field shall have, or why it cannot be. Missing values are null in every type. */
export function toFieldType(
  value: unknown,
  type: Assignment['type'],
): { value: unknown } | { reason: string } {
  if (value === undefined || value === null) return { value: null };
  switch (type) {
    case 'any':
      return { value };
    case 'string':
      return { value: typeof value === 'object' ? JSON.stringify(value) : String(value) };
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && !Number.isNaN(number)
        ? { value: number }
        : misfit(value, 'a number');
    }
    case 'boolean': {
      const known = BOOLEANS.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
      return known === undefined ? misfit(value, 'true or false') : { value: known };
    }
    case 'array': {
      const list = fromJson(value);
      return Array.isArray(list) ? { value: list } : misfit(value, 'a list');
    }
    case 'object': {
      const object = fromJson(value);
      return typeof object === 'object' && object !== null && !Array.isArray(object)
        ? { value: object }
        : misfit(value, 'an object');
    }
  }
}

const BOOLEANS = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  ['1', true],
  [1, true],
  [false, false],
  ['false', false],
  ['0', false],
  [0, false],
]);

function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function misfit(value: unknown, type: string): { reason: string } {
  const shown = JSON.stringify(value) ?? String(value);
  return { reason: `${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown} is not ${type}` };
}
