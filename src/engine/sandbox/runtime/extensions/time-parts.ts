import type { DateTime } from 'luxon';
import { wholeDays } from './days-between.ts';

/** Units of the clock from the largest, in milliseconds. */
const CLOCK_MS = { hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 } as const;
type ClockUnit = keyof typeof CLOCK_MS;
const CLOCK_UNITS = Object.keys(CLOCK_MS) as ClockUnit[];

/**
 * The time from one instant to another in days and units of the clock, as Luxon's `diff(…).toObject()` gives it, in a
 * fraction of the time. Null for other units, which are left to Luxon.
 */
export function timeParts(
  from: DateTime,
  until: DateTime,
  units: readonly string[],
): Record<string, number> | null {
  if (!units.every((unit) => unit === 'days' || unit in CLOCK_MS)) return null;
  const clock = CLOCK_UNITS.filter((unit) => units.includes(unit));
  const last = clock.at(-1);
  if (!last) return null;
  const isNegative = until < from;
  const [earlier, later] = isNegative ? [until, from] : [from, until];
  const parts: Record<string, number> = {};
  let rest = later.toMillis() - earlier.toMillis();
  if (units.includes('days')) {
    const { days, reached } = wholeDays(earlier, later);
    parts['days'] = days;
    rest = later.toMillis() - reached;
  }
  // All of it in the smallest unit, from which the larger ones take what is whole of them.
  for (const unit of clock) parts[unit] = 0;
  parts[last] = rest / CLOCK_MS[last];
  for (let at = clock.length - 1; at > 0; at--) {
    const [larger, smaller] = [clock[at - 1] as ClockUnit, clock[at] as ClockUnit];
    const each = CLOCK_MS[larger] / CLOCK_MS[smaller];
    const whole = Math.floor((parts[smaller] ?? 0) / each);
    parts[larger] = (parts[larger] ?? 0) + whole;
    parts[smaller] = (parts[smaller] ?? 0) - whole * each;
  }
  if (isNegative) for (const unit in parts) parts[unit] = parts[unit] === 0 ? 0 : -(parts[unit] ?? 0);
  return parts;
}
