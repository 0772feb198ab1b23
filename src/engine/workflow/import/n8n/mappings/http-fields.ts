import { setPath } from '../../../../node-kit/index.ts';
import type { SourceNode } from '../mapping.ts';
import { isExpression, type ParameterSource } from '../parameter-source.ts';

export interface Pair {
  name: string;
  value: unknown;
}

/** Where fields of a request go: as rows, or as one object. */
const PLACES = {
  query: { rows: 'query', from: 'queryFrom', json: 'queryJson' },
  headers: { rows: 'headers', from: 'headersFrom', json: 'headersJson' },
  form: { rows: 'formFields', from: 'formFrom', json: 'formJson' },
} as const;
type Place = keyof typeof PLACES;

export function pairsOf(rows: readonly ParameterSource[]): Pair[] {
  return rows
    .map((row) => ({ name: row.text('name'), value: row.take('value', '') }))
    .filter(({ name }) => name !== '');
}

export function fieldRows(place: Place, pairs: readonly Pair[]): Record<string, unknown> {
  return pairs.length === 0 ? {} : { [PLACES[place].rows]: pairs };
}

/** JSON written by hand becomes rows where each field is one value; other JSON and expressions stay as they are. */
export function fieldsOfJson(place: Place, value: unknown): Record<string, unknown> {
  const object = objectOf(value);
  const { from, json } = PLACES[place];
  if (!object) return value === '' ? {} : { [from]: 'json', [json]: value };
  const entries = Object.entries(object);
  if (entries.some(([, entry]) => typeof entry === 'object')) return { [from]: 'json', [json]: object };
  return fieldRows(
    place,
    entries.map(([name, entry]) => ({ name, value: entry })),
  );
}

/** The object that a value or a JSON text is; null for others and for expressions. */
export function objectOf(value: unknown): Record<string, unknown> | null {
  let object = value;
  if (typeof value === 'string') {
    if (isExpression(value)) return null;
    try {
      object = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return typeof object === 'object' && object !== null && !Array.isArray(object)
    ? (object as Record<string, unknown>)
    : null;
}

const PATH = /^(?!.*(constructor|prototype))[\w-]+(\.[\w-]+|\[\d+\])*$/;

/** One object of all fields. Since version 4, dots in names lead into it. */
export function objectOfPairs(source: SourceNode, pairs: readonly Pair[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { name, value } of pairs) {
    if (isExpression(name) || name.includes('__proto__'))
      source.note('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: 'bodyParameters', value: name });
    else if (source.version >= 4 && PATH.test(name)) setPath(object, name, value);
    else object[name] = value;
  }
  return object;
}

export const METHODS = Object.fromEntries(
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => [method, method]),
);

/** -1 stands for no batches. */
export const positive = (value: unknown) => (typeof value === 'number' && value < 1 ? undefined : value);

export function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
