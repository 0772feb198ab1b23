import { DateTime } from 'luxon';
import { problem } from './problem.ts';
import { ARRAY_EXTENSIONS } from './extensions/array.ts';
import { DATE_EXTENSIONS } from './extensions/date.ts';
import { BOOLEAN_EXTENSIONS, NUMBER_EXTENSIONS } from './extensions/number.ts';
import { OBJECT_EXTENSIONS } from './extensions/object.ts';
import { STRING_EXTENSIONS } from './extensions/string.ts';

type Extension = (value: never, ...values: never[]) => unknown;
type Table = Readonly<Record<string, Extension>>;

const table = (functions: Table): Table =>
  Object.freeze(Object.assign(Object.create(null) as Table, functions));
const STRINGS = table(STRING_EXTENSIONS);
const NUMBERS = table(NUMBER_EXTENSIONS);
const BOOLEANS = table(BOOLEAN_EXTENSIONS);
const ARRAYS = table(ARRAY_EXTENSIONS);
const OBJECTS = table(OBJECT_EXTENSIONS);
const DATES = table(DATE_EXTENSIONS);
export const TABLES: Readonly<Record<string, Table>> = {
  text: STRINGS,
  numbers: NUMBERS,
  booleans: BOOLEANS,
  lists: ARRAYS,
  objects: OBJECTS,
  dates: DATES,
};

const ISO_DATE_TIME = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d+(?:[+-][0-2]\d:[0-5]\d|Z)$/;

function extensionFor(value: unknown, name: string): { run: Extension; on: unknown } | undefined {
  const find = (functions: Table, on: unknown = value) => {
    const run = functions[name];
    return run && { run, on };
  };
  switch (typeof value) {
    case 'string':
      // Dates are stored as ISO texts, and expressions treat those as the dates they stand for.
      if (
        name !== 'toDate' &&
        name !== 'toDateTime' &&
        name !== 'isEmpty' &&
        name !== 'isNotEmpty' &&
        ISO_DATE_TIME.test(value)
      ) {
        const found = find(DATES, new Date(value));
        if (found) return found;
      }
      return find(STRINGS);
    case 'number':
      return find(NUMBERS);
    case 'boolean':
      return find(BOOLEANS);
    case 'object':
      if (value === null) return undefined;
      if (Array.isArray(value)) return find(ARRAYS);
      if (value instanceof Date || DateTime.isDateTime(value)) return find(DATES);
      if (!isPlain(value) || Object.hasOwn(value, name)) return undefined;
      return find(OBJECTS);
    default:
      return undefined;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Calls `value.name(...values)`: the extension of that name for this kind of value, else the value's own method. */
export function extend(value: unknown, name: string, values: unknown[]): unknown {
  if (value === undefined || value === null) {
    throw problem(
      'EXPRESSION_FAILED',
      `${name}() was called on ${value === null ? 'null' : 'undefined'}. Check that the value before it exists.`,
    );
  }
  const found = extensionFor(value, name);
  if (found) return (found.run as (...values: unknown[]) => unknown)(found.on, ...values);
  const method = (value as Record<string, unknown>)[name];
  if (typeof method === 'function') return Reflect.apply(method, value, values);
  const kinds = Object.keys(TABLES).filter((kind) => TABLES[kind]?.[name]);
  throw problem('EXPRESSION_FAILED', `${name}() works on ${kinds.join(', ')} only.`);
}
