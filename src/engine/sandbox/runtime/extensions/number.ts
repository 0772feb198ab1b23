import { DateTime } from 'luxon';
import { problem } from '../problem.ts';

function integer(value: number, name: string): number {
  if (!Number.isInteger(value))
    throw problem('EXPRESSION_FAILED', `${name}() works on whole numbers only, not on ${value}.`);
  return value;
}

const EXCEL_EPOCH_DAYS = 25569;
const DAY_MS = 86_400_000;

function toDateTime(value: number, format: unknown = 'ms'): DateTime {
  switch (format) {
    case 'ms':
      return DateTime.fromMillis(value);
    case 's':
      return DateTime.fromSeconds(value);
    case 'us':
      return DateTime.fromMillis(value / 1000);
    case 'excel':
      return DateTime.fromMillis((value - EXCEL_EPOCH_DAYS) * DAY_MS);
    default:
      throw problem(
        'EXPRESSION_FAILED',
        `toDateTime() knows the formats "ms", "s", "us" and "excel", not "${String(format)}".`,
      );
  }
}

export const NUMBER_EXTENSIONS = {
  abs: (value: number) => Math.abs(value),
  ceil: (value: number) => Math.ceil(value),
  floor: (value: number) => Math.floor(value),
  round: (value: number, places = 0) => {
    const factor = 10 ** places;
    return Math.round(value * factor) / factor;
  },
  format: (value: number, locale = 'en-US', options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value),
  isEmpty: () => false,
  isNotEmpty: () => true,
  isInteger: (value: number) => Number.isInteger(value),
  isEven: (value: number) => integer(value, 'isEven') % 2 === 0,
  isOdd: (value: number) => Math.abs(integer(value, 'isOdd')) % 2 === 1,
  random: (value: number) => Math.floor(Math.random() * (value + 1)),
  toInt: (value: number) => Math.round(value),
  toFloat: (value: number) => value,
  toNumber: (value: number) => value,
  toBoolean: (value: number) => value !== 0,
  toDateTime,
  toJsonString: (value: number) => JSON.stringify(value),
};

export const BOOLEAN_EXTENSIONS = {
  isEmpty: () => false,
  isNotEmpty: () => true,
  toBoolean: (value: boolean) => value,
  toInt: (value: boolean) => (value ? 1 : 0),
  toFloat: (value: boolean) => (value ? 1 : 0),
  toNumber: (value: boolean) => (value ? 1 : 0),
  toDateTime: () => undefined,
  toJsonString: (value: boolean) => JSON.stringify(value),
};
