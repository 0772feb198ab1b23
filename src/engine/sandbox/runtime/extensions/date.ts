import { DateTime, type DateTimeUnit, type DurationUnit } from 'luxon';
import { problem } from '../problem.ts';
import { daysBetween } from './days-between.ts';
import { timeParts } from './time-parts.ts';

type When = Date | DateTime;

/** Dates in any of the forms expressions hold them in. */
function dateTime(value: unknown, name: string): DateTime {
  const result = DateTime.isDateTime(value)
    ? value
    : value instanceof Date
      ? DateTime.fromJSDate(value)
      : typeof value === 'number'
        ? DateTime.fromMillis(value)
        : typeof value === 'string'
          ? DateTime.fromISO(value)
          : undefined;
  if (!result?.isValid)
    throw problem('EXPRESSION_FAILED', `${name}() takes a date, not ${JSON.stringify(value) ?? 'nothing'}.`);
  return result;
}

/** Gives back the kind of date that was asked. */
const like = (value: When, result: DateTime): When =>
  DateTime.isDateTime(value) ? result : result.toJSDate();

const singular = (unit: string) => unit.replace(/s$/, '');

function shift(value: When, sign: 1 | -1, amount: unknown, unit: unknown): When {
  const date = dateTime(value, 'plus');
  const duration =
    typeof amount === 'object' && amount !== null
      ? (amount as object)
      : { [typeof unit === 'string' ? unit : 'milliseconds']: Number(amount) };
  return like(value, sign === 1 ? date.plus(duration) : date.minus(duration));
}

function extract(value: When, unit: unknown = 'week'): number | undefined {
  const date = dateTime(value, 'extract');
  switch (unit) {
    case 'week':
      return date.weekNumber;
    case 'yearDayNumber':
      return date.ordinal;
    case 'weekDay':
      return date.weekday;
    default:
      return date.get(singular(String(unit)) as keyof DateTime);
  }
}

/** From `other` to `value`: a number for one unit, an object for several. */
function diffTo(value: When, other: unknown, units: unknown = 'days'): unknown {
  const list = (Array.isArray(units) ? units : [units]).map(String) as DurationUnit[];
  const [until, from] = [dateTime(value, 'diffTo'), dateTime(other, 'diffTo')];
  if (units === 'days' || units === 'day') return daysBetween(from, until);
  const parts = Array.isArray(units) ? timeParts(from, until, list) : null;
  if (parts) return parts;
  const duration = until.diff(from, list);
  return Array.isArray(units) ? duration.toObject() : duration.as(list[0] as DurationUnit);
}

function isBetween(value: When, ...bounds: unknown[]): boolean {
  if (bounds.length !== 2) throw problem('EXPRESSION_FAILED', 'isBetween() takes two dates.');
  const [a, b] = bounds.map((bound) => dateTime(bound, 'isBetween').toMillis()) as [number, number];
  const at = dateTime(value, 'isBetween').toMillis();
  return at > Math.min(a, b) && at < Math.max(a, b);
}

function isInLast(value: When, amount: unknown = 0, unit: unknown = 'minutes'): boolean {
  const now = DateTime.now();
  const at = dateTime(value, 'isInLast').toMillis();
  return now.minus({ [String(unit)]: Number(amount) }).toMillis() <= at && at <= now.toMillis();
}

const startOf = (value: When, unit: unknown = 'week') =>
  like(value, dateTime(value, 'beginningOf').startOf(singular(String(unit)) as DateTimeUnit));
const endOf = (value: When, unit: unknown = 'month') =>
  like(value, dateTime(value, 'endOf').endOf(singular(String(unit)) as DateTimeUnit));

export const DATE_EXTENSIONS = {
  beginningOf: startOf,
  startOf,
  endOf,
  endOfMonth: (value: When) => endOf(value, 'month'),
  extract,
  format: (value: When, format: unknown = 'D', options: { locale?: string } = {}) =>
    dateTime(value, 'format').toFormat(String(format), options),
  isBetween,
  isDst: (value: When) => dateTime(value, 'isDst').isInDST,
  isInLast,
  isWeekend: (value: When) => dateTime(value, 'isWeekend').weekday > 5,
  isEmpty: () => false,
  isNotEmpty: () => true,
  plus: (value: When, amount: unknown, unit?: unknown) => shift(value, 1, amount, unit),
  minus: (value: When, amount: unknown, unit?: unknown) => shift(value, -1, amount, unit),
  diffTo,
  diffToNow: (value: When, units?: unknown) => diffTo(value, DateTime.now(), units),
  toDateTime: (value: When) => dateTime(value, 'toDateTime'),
  toDate: (value: When) => dateTime(value, 'toDate').toJSDate(),
  toInt: (value: When) => value.valueOf(),
  toFloat: (value: When) => value.valueOf(),
  toNumber: (value: When) => value.valueOf(),
  toBoolean: () => undefined,
};
