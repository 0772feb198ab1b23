import { DateTime, type DateTimeUnit } from 'luxon';
import { NodeError } from '../../../node-kit/index.ts';
import { readDate, type DateRules } from './read-date.ts';
import type { Unit } from './units.ts';

export interface DateSettings extends DateRules {
  operation: 'format' | 'shift' | 'now' | 'difference' | 'part' | 'round';
  date: string;
  endDate: string;
  /** Tokens of Luxon: yyyy-MM-dd HH:mm. */
  format: string;
  direction: 'add' | 'subtract';
  amount: number;
  unit: Unit;
  units: readonly Unit[];
  /** A difference as ISO 8601 duration (P1DT2H), else as an object of units. */
  asDuration: boolean;
  part: 'year' | 'month' | 'week' | 'day' | 'weekday' | 'hour' | 'minute' | 'second';
  rounding: 'down' | 'up';
  roundTo: Unit;
  includeTime: boolean;
  /** Zone of the result, empty for the workflow's. */
  toZone: string;
}

/** What the operation gives: ISO 8601 text with offset, formatted text, a number, or an object of units. */
export function dateValue(settings: DateSettings, now: number, timezone: string): unknown {
  const zone = settings.toZone || timezone;
  const read = (field: 'date' | 'endDate') =>
    inZone(readDate(settings[field], settings, timezone, field), zone);
  switch (settings.operation) {
    case 'format':
      return read('date').toFormat(settings.format);
    case 'shift': {
      const change = { [settings.unit]: settings.amount };
      const date = read('date');
      return iso(settings.direction === 'add' ? date.plus(change) : date.minus(change));
    }
    case 'now': {
      const date = inZone(DateTime.fromMillis(now), zone);
      return iso(settings.includeTime ? date : date.startOf('day'));
    }
    case 'difference': {
      const units = settings.units.length > 0 ? [...settings.units] : (['days'] as Unit[]);
      const difference = read('endDate').diff(read('date'), units);
      return settings.asDuration ? difference.toISO() : difference.toObject();
    }
    case 'part':
      return read('date').get(settings.part === 'week' ? 'weekNumber' : settings.part);
    case 'round': {
      const date = settings.rounding === 'up' ? read('date').plus({ [settings.roundTo]: 1 }) : read('date');
      return iso(date.startOf(settings.roundTo.slice(0, -1) as DateTimeUnit));
    }
  }
}

function inZone(date: DateTime, zone: string): DateTime<true> {
  const moved = date.setZone(zone).setLocale('en');
  if (!moved.isValid)
    throw new NodeError('PARAMETER_INVALID', { field: 'toZone', reason: `"${zone}" is not a time zone` });
  return moved;
}

function iso(date: DateTime): string {
  const text = date.toISO();
  if (text !== null) return text;
  throw new NodeError('PARAMETER_INVALID', { field: 'amount', reason: 'it leads to no date' });
}
