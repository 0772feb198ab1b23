import { isDeepStrictEqual } from 'node:util';
import { DateTime, Duration } from 'luxon';

/** Fields of an `error` that the corpus compares; the others differ between any two programs. */
const ERROR_FIELDS = ['message', 'name', 'description', 'context'];

/** Equal as JSON: keys without a value do not count, and of `error` objects only what the corpus compares. */
export function sameJson(actual: unknown, expected: unknown, options: { shallow?: boolean } = {}): boolean {
  return isDeepStrictEqual(normalize(actual, expected, options), normalize(expected, expected, options));
}

function normalize(value: unknown, expected: unknown, options: { shallow?: boolean }, key = ''): unknown {
  if (options.shallow && isPlaceholder(expected)) {
    const fits = Array.isArray(expected) ? Array.isArray(value) : typeof value === 'object' && value !== null;
    return fits ? expected : value;
  }
  if (Array.isArray(value)) {
    const others = Array.isArray(expected) ? expected : [];
    return value.map((entry, index) => normalize(entry, others[index], options));
  }
  if (typeof value !== 'object' || value === null) return value;
  const other = (typeof expected === 'object' && expected !== null ? expected : {}) as Record<
    string,
    unknown
  >;
  const names =
    key === 'error' ? Object.keys(value).filter((name) => ERROR_FIELDS.includes(name)) : Object.keys(value);
  return Object.fromEntries(
    names
      .filter((name) => (value as Record<string, unknown>)[name] !== undefined)
      .map((name) => [name, normalize((value as Record<string, unknown>)[name], other[name], options, name)]),
  );
}

/** How upstream snapshots stand for any list and any object. */
function isPlaceholder(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 && value[0] === 'json array';
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    (value as { object?: unknown }).object === true
  );
}

/** Whether the value of an expression is the expected one, which may be written as `{"$date": …}` and its kind. */
export function sameValue(value: unknown, expected: unknown): boolean {
  if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
    const special = expected as Record<string, unknown>;
    if ('$undefined' in special) return value === undefined;
    if ('$date' in special) return millis(value) === millis(special['$date']);
    if ('$dateTime' in special) return millis(value) === millis(special['$dateTime']);
    if ('$duration' in special)
      return Duration.fromISO(String(value)).equals(Duration.fromISO(String(special['$duration'])));
    if ('$interval' in special) return value === special['$interval'];
    if ('$number' in special) return Object.is(value, Number(special['$number']));
    if ('$truthy' in special) return Boolean(value);
    if ('$falsy' in special) return !value;
  }
  return sameJson(value, expected);
}

function millis(value: unknown): number {
  return value instanceof Date ? value.getTime() : DateTime.fromISO(String(value)).toMillis();
}

/** Whether a failure is the expected one: any will do where the case names no message. */
export function sameFailure(
  message: string,
  expected: { message?: string | undefined; messageRegex?: string | undefined },
): boolean {
  if (expected.message !== undefined && !message.includes(expected.message)) return false;
  return expected.messageRegex === undefined || new RegExp(expected.messageRegex).test(message);
}
