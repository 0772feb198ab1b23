import { compile as compileQuery, type JSONValue, search } from '@jmespath-community/jmespath';
import { isEmpty } from './extensions/equality.ts';
import { average, max, min } from './extensions/array.ts';
import { problem } from './problem.ts';

/** `$jmespath(data, "query")`. */
function jmespath(data: unknown, query: unknown): unknown {
  if (typeof data !== 'object' || typeof query !== 'string') {
    throw problem('EXPRESSION_FAILED', '$jmespath takes an object or list, and then the query as text.');
  }
  try {
    compileQuery(query);
    return search(data as JSONValue, query);
  } catch (error) {
    throw problem('EXPRESSION_FAILED', `The JMESPath query failed: ${(error as Error).message}`);
  }
}

function numberList(start: number, end: number): number[] {
  const step = start <= end ? 1 : -1;
  const length = Math.abs(end - start) + 1;
  if (!(length <= 10_000_000))
    throw problem('EXPRESSION_FAILED', 'numberList() makes lists of up to 10,000,000 numbers.');
  return Array.from({ length }, (_, index) => start + index * step);
}

function zip(keys: unknown[], values: unknown[]): Record<string, unknown> {
  if (keys.length !== values.length)
    throw problem('EXPRESSION_FAILED', 'zip() takes two lists of the same length.');
  return Object.fromEntries(keys.map((key, index) => [String(key), values[index]]));
}

const ifEmpty = (value: unknown, fallback: unknown) => (isEmpty(value) ? fallback : value);
const list = (values: unknown[]) =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;

/** Functions every expression and every code can call by name. */
export const FUNCTIONS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  $jmespath: jmespath,
  $jmesPath: jmespath,
  $if: (condition: unknown, then: unknown, otherwise: unknown) => (condition ? then : otherwise),
  $ifEmpty: ifEmpty,
  $not: (value: unknown) => !value,
  $min: (...values: unknown[]) => min(list(values)),
  $max: (...values: unknown[]) => max(list(values)),
  $average: (...values: unknown[]) => average(list(values)),
  not: (value: unknown) => !value,
  min: (...values: unknown[]) => min(list(values)),
  max: (...values: unknown[]) => max(list(values)),
  average: (...values: unknown[]) => average(list(values)),
  numberList,
  zip,
};
