import type { DateTime, Zone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Days from one instant to another on the calendar of the earlier one, negative when `until` comes first. What is left
 * of the last day counts as its part of that day, which may have 23 or 25 hours. The same as `diff(…).as('days')` of
 * Luxon, in a fifth of the time: the most common difference is asked for once per item.
 */
export function daysBetween(from: DateTime, until: DateTime): number {
  if (until < from) return -daysBetween(until, from);
  const { days, reached, next } = wholeDays(from, until);
  return rounded(days + (until.toMillis() - reached) / (next() - reached));
}

/** Whole days from the earlier to the later instant, when they are over, and when one more is. */
export function wholeDays(
  from: DateTime,
  until: DateTime,
): { days: number; reached: number; next(): number } {
  const clock = from.toMillis() + from.offset * MINUTE_MS;
  const after = (days: number): number =>
    instantOf(from.zone, clock + days * DAY_MS, from.offset) ?? from.plus({ days }).toMillis();

  const end = until.toMillis();
  let days = dayNumber(until) - dayNumber(from);
  let reached = after(days);
  let next: number | undefined;
  // The clock of the last day may be behind; with two zones even by more than a day.
  while (reached > end) {
    next = reached;
    days--;
    reached = after(days);
  }
  return { days, reached, next: () => next ?? after(days + 1) };
}

/** The number of a calendar day, whatever its zone. */
function dayNumber({ year, month, day }: DateTime): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** When a clock shows this time, as Luxon finds it; null close to a change, where it needs more thought. */
function instantOf(zone: Zone, clock: number, offset: number): number | null {
  const guess = clock - offset * MINUTE_MS;
  const there = zone.offset(guess);
  if (there === offset) return guess;
  const corrected = clock - there * MINUTE_MS;
  return zone.offset(corrected) === there ? corrected : null;
}

/** To the last digit as Luxon's `as` gives it, which takes whole and part of a number apart and adds them again. */
function rounded(days: number): number {
  const whole = Math.trunc(days);
  return whole + (days * 1000 - whole * 1000) / 1000;
}
