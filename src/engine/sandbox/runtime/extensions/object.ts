import { problem } from '../problem.ts';
import { isEmpty } from './equality.ts';

type Row = Record<string, unknown>;
const isMissing = (value: unknown) =>
  value === null || value === undefined || value === '' || value === 'nil';
const pick = (value: Row, wanted: (entry: [string, unknown]) => boolean) =>
  Object.fromEntries(Object.entries(value).filter(wanted));

function textIn(field: unknown, text: unknown, name: string): boolean {
  if (typeof text !== 'string' || text === '')
    throw problem('EXPRESSION_FAILED', `${name}() takes a text that is not empty.`);
  return typeof field === 'string' && field.includes(text);
}

function assertPlainNames(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      throw problem('EXPRESSION_FAILED', `compact() does not take objects with a field "${key}".`);
    }
    assertPlainNames(field);
  }
}

function compact(value: Row): Row {
  assertPlainNames(value);
  const result: Row = {};
  for (const [key, field] of Object.entries(value)) {
    if (isMissing(field)) continue;
    const isNested =
      typeof field === 'object' && field !== null && Object.getPrototypeOf(field) === Object.prototype;
    result[key] = isNested ? compact(field as Row) : field;
  }
  return result;
}

export const OBJECT_EXTENSIONS = {
  isEmpty,
  isNotEmpty: (value: Row) => !isEmpty(value),
  hasField: (value: Row, name: string) => Object.hasOwn(value, name),
  removeField: (value: Row, name: string) => pick(value, ([key]) => key !== name),
  removeFieldsContaining: (value: Row, text: unknown) => {
    textIn('', text, 'removeFieldsContaining');
    return pick(value, ([, field]) => !textIn(field, text, 'removeFieldsContaining'));
  },
  keepFieldsContaining: (value: Row, text: unknown) => {
    textIn('', text, 'keepFieldsContaining');
    return pick(value, ([, field]) => textIn(field, text, 'keepFieldsContaining'));
  },
  compact,
  merge: (value: Row, other: unknown) => {
    if (typeof other !== 'object' || other === null)
      throw problem('EXPRESSION_FAILED', 'merge() takes an object.');
    return { ...other, ...value };
  },
  keys: (value: Row) => Object.keys(value),
  values: (value: Row) => Object.values(value),
  urlEncode: (value: Row) =>
    Object.entries(value)
      .map(
        ([key, field]) =>
          `${encodeURIComponent(key)}=${encodeURIComponent(String(field)).replace(/%20/g, '+')}`,
      )
      .join('&'),
  toJsonString: (value: Row) => JSON.stringify(value),
  toInt: () => undefined,
  toFloat: () => undefined,
  toNumber: () => undefined,
  toBoolean: () => undefined,
  toDateTime: () => undefined,
};
