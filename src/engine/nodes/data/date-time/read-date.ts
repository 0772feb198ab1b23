import { DateTime, IANAZone } from 'luxon';
import { NodeError, toMillis } from '../../../node-kit/index.ts';

export interface DateRules {
  /** Tokens of Luxon; empty to recognise the usual ways of writing dates. */
  fromFormat: string;
  /** Zone of texts without one, empty for the workflow's. */
  fromZone: string;
  /** Zone of texts that are neither ISO nor in a given format, where it is another. */
  looseTextZone: string;
}

/** Timestamps below are in seconds: as milliseconds they would lie before March 1973. */
const SMALLEST_MILLIS = 100_000_000_000;

/** The date a text means. Throws NodeError PARAMETER_INVALID for `field` when it means none. */
export function readDate(text: string, rules: DateRules, timezone: string, field: string): DateTime<true> {
  const zone = rules.fromZone || timezone;
  if (!IANAZone.isValidZone(zone))
    throw new NodeError('PARAMETER_INVALID', { field: 'fromZone', reason: `"${zone}" is not a time zone` });
  const value = text.trim();
  const { fromFormat } = rules;
  if (fromFormat !== '' && fromFormat !== 'x' && fromFormat !== 'X') {
    const date = DateTime.fromFormat(value, fromFormat, { zone, locale: 'en' });
    if (date.isValid) return date;
    throw new NodeError('PARAMETER_INVALID', {
      field,
      reason: `"${shortened(value)}" is not written as ${fromFormat}`,
    });
  }
  const millis = /^-?\d{5,}(\.\d+)?$/.test(value)
    ? timestamp(Number(value), fromFormat)
    : toMillis(value, /^\d{4}-/.test(value) ? zone : rules.looseTextZone || zone);
  const date = millis === undefined ? null : DateTime.fromMillis(Math.trunc(millis), { zone });
  if (date?.isValid) return date;
  throw new NodeError('PARAMETER_INVALID', { field, reason: `"${shortened(value)}" is not a date` });
}

function timestamp(number: number, format: string): number {
  const isSeconds = format === 'X' || (format !== 'x' && Math.abs(number) < SMALLEST_MILLIS);
  return isSeconds ? number * 1000 : number;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
