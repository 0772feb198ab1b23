import { problem } from '../problem.ts';
import { deepEqual, distinct, isEmpty } from './equality.ts';

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fail = (reason: string) => problem('EXPRESSION_FAILED', reason);
const isMissing = (value: unknown) =>
  value === null || value === undefined || value === '' || value === 'nil';

function asList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw fail(`${name}() takes a list.`);
  return value;
}

function numbers(values: readonly unknown[], name: string): number[] {
  return values.map((value) => {
    const number = typeof value === 'string' ? (value.trim() === '' ? NaN : Number(value)) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) {
      throw fail(
        `${name}() works on numbers only, but the list holds ${JSON.stringify(value) ?? 'nothing'}.`,
      );
    }
    return number;
  });
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

export const sum = (values: unknown[]) => total(numbers(values, 'sum'));
export const min = (values: unknown[]) => numbers(values, 'min').reduce((a, b) => Math.min(a, b), Infinity);
export const max = (values: unknown[]) => numbers(values, 'max').reduce((a, b) => Math.max(a, b), -Infinity);
export const average = (values: unknown[]) =>
  values.length === 0 ? 0 : total(numbers(values, 'average')) / values.length;

function pluck(values: unknown[], ...fields: string[]): unknown[] {
  if (fields.length === 0) return values;
  return values
    .map((value) => {
      if (!isRow(value)) return undefined;
      if (fields.length === 1) return value[fields[0] as string];
      return fields.filter((field) => Object.hasOwn(value, field)).map((field) => value[field]);
    })
    .filter((value) => value !== undefined);
}

function unique(values: unknown[], ...fields: string[]): unknown[] {
  if (fields.length === 0) return distinct(values);
  const seen: unknown[] = [];
  return values.filter((value) => {
    const key = isRow(value) ? fields.map((field) => value[field]) : value;
    if (seen.some((other) => deepEqual(other, key))) return false;
    seen.push(key);
    return true;
  });
}

/** One object of all objects in the list; the first to have a field wins. */
const mergeRows = (values: readonly unknown[]) =>
  Object.assign({}, ...values.filter(isRow).toReversed()) as Row;

function merge(values: unknown[], other?: unknown): Row {
  const rows = [...values, ...(other === undefined ? [] : asList(other, 'merge'))];
  const merged: Row = {};
  for (const row of rows) {
    if (!isRow(row)) continue;
    for (const [key, value] of Object.entries(row)) if (!Object.hasOwn(merged, key)) merged[key] = value;
  }
  return merged;
}

function renameKeys(values: unknown[], ...names: string[]): unknown[] {
  if (names.length === 0 || names.length % 2 !== 0)
    throw fail('renameKeys() takes pairs of an old and a new name.');
  return values.map((value) => {
    if (!isRow(value)) return value;
    const renamed: Row = { ...value };
    for (let index = 0; index < names.length; index += 2) {
      const [from, to] = [names[index] as string, names[index + 1] as string];
      if (!Object.hasOwn(renamed, from)) continue;
      const kept = renamed[from];
      delete renamed[from];
      renamed[to] = kept;
    }
    return renamed;
  });
}

function smartJoin(values: unknown[], keyField: string, valueField: string): Row {
  if (!keyField || !valueField) throw fail('smartJoin() takes the name of a key field and of a value field.');
  return mergeRows(values.filter(isRow).map((row) => ({ [String(row[keyField])]: row[valueField] })));
}

function chunk(values: unknown[], size: number): unknown[][] {
  if (!(typeof size === 'number' && size >= 1)) throw fail('chunk() takes a size of at least 1.');
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

const without = (values: unknown[], others: unknown[]) =>
  values.filter((value) => !others.some((other) => deepEqual(value, other)));

function compact(values: unknown[]): unknown[] {
  return values
    .filter((value) => !isMissing(value))
    .map((value) =>
      isRow(value)
        ? Object.fromEntries(Object.entries(value).filter(([, field]) => !isMissing(field)))
        : value,
    );
}

export const ARRAY_EXTENSIONS = {
  sum,
  min,
  max,
  average,
  first: (values: unknown[]) => values[0],
  last: (values: unknown[]) => values[values.length - 1],
  length: (values: unknown[]) => values.length,
  size: (values: unknown[]) => values.length,
  count: (values: unknown[]) => values.length,
  isEmpty,
  isNotEmpty: (values: unknown[]) => values.length > 0,
  randomItem: (values: unknown[]) => values[Math.floor(Math.random() * values.length)],
  pluck,
  unique,
  removeDuplicates: unique,
  duplicates: (values: unknown[]) =>
    distinct(
      values.filter((value, index) => values.slice(0, index).some((other) => deepEqual(other, value))),
    ),
  merge,
  smartJoin,
  renameKeys,
  chunk,
  compact,
  append: (values: unknown[], ...more: unknown[]) => [...values, ...more],
  union: (values: unknown[], other: unknown) => distinct([...values, ...asList(other, 'union')]),
  intersection: (values: unknown[], other: unknown) => {
    const others = asList(other, 'intersection');
    return distinct(values.filter((value) => others.some((entry) => deepEqual(value, entry))));
  },
  difference: (values: unknown[], other: unknown) => distinct(without(values, asList(other, 'difference'))),
  toJsonString: (values: unknown[]) => JSON.stringify(values),
  // Asked for in expressions over mixed data; a list stands for none of these.
  toInt: () => undefined,
  toFloat: () => undefined,
  toNumber: () => undefined,
  toBoolean: () => undefined,
  toDateTime: () => undefined,
};
