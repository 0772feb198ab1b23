import { DateTime } from 'luxon';
import { NodeError } from '../../../node-kit/index.ts';

export const WAIT_UNITS = ['milliseconds', 'seconds', 'minutes', 'hours', 'days'] as const;

const UNIT_MS: Record<(typeof WAIT_UNITS)[number], number> = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

type Unit = (typeof WAIT_UNITS)[number];

interface WaitSettings {
  until: 'interval' | 'date-time' | 'webhook' | 'form';
  amount: number;
  unit: Unit;
  dateTime: string;
  limit: 'none' | 'interval' | 'date-time';
  limitAmount: number;
  limitUnit: Unit;
  limitDateTime: string;
}

/**
 * When the wait is over by itself, in UTC milliseconds; null when it is not. A date-time without an offset is of that
 * zone.
 */
export function endOf(settings: WaitSettings, now: number, timezone: string): number | null {
  if (settings.until === 'interval') return now + settings.amount * UNIT_MS[settings.unit];
  if (settings.until === 'date-time') return momentOf(settings.dateTime, timezone, 'dateTime');
  if (settings.limit === 'interval') return now + settings.limitAmount * UNIT_MS[settings.limitUnit];
  return settings.limit === 'none' ? null : momentOf(settings.limitDateTime, timezone, 'limitDateTime');
}

function momentOf(written: string, timezone: string, parameter: string): number {
  const text = written.trim();
  const time = [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822]
    .map((parse) => parse(text, { zone: timezone }))
    .find(({ isValid }) => isValid);
  if (time) return time.toMillis();
  throw new NodeError('PARAMETER_INVALID', {
    parameter,
    field: parameter,
    reason: `"${text}" is not a date and time such as 2026-12-31T18:00`,
  });
}
