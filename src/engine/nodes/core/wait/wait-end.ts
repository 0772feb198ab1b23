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

export interface WaitSettings {
  until: 'interval' | 'date-time';
  amount: number;
  unit: (typeof WAIT_UNITS)[number];
  dateTime: string;
}

/** When the wait is over, in UTC milliseconds. A date-time without an offset is of that zone. */
export function waitEnd(settings: WaitSettings, now: number, timezone: string): number {
  if (settings.until === 'interval') return now + settings.amount * UNIT_MS[settings.unit];
  const text = settings.dateTime.trim();
  const time = [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822]
    .map((parse) => parse(text, { zone: timezone }))
    .find(({ isValid }) => isValid);
  if (!time) {
    throw new NodeError('PARAMETER_INVALID', {
      parameter: 'dateTime',
      field: 'dateTime',
      reason: `"${text}" is not a date and time such as 2026-12-31T18:00`,
    });
  }
  return time.toMillis();
}
