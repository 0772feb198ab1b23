import { Cron } from 'croner';
import { DateTime } from 'luxon';
import { EngineError, messageOf } from '../kernel/index.ts';
import type { ScheduleDeclaration } from '../node-kit/index.ts';

/** Gives the first slot after a point in time, both in UTC milliseconds; null when there is none any more. */
export type NextSlot = (after: number) => number | null;

const SHORTEST_INTERVAL_MS = 1000;
const SHORTEST_UNIT_MS = {
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
  months: 28 * 86_400_000,
};
const LEAP_MARGIN_MS = 26 * 3_600_000;
/** Slots of "every n-th" schedules that are looked through before giving up: 20 years of hours. */
const MOST_SKIPPED = 20 * 366 * 24;

/**
 * Compiles a schedule of a workflow. A clock time that a change to summer time leaves out moves to the next moment
 * there is, one that occurs twice counts once; patterns with a step or `*` in the hours go by elapsed time.
 * Throws SCHEDULE_INVALID with facts `node` and `reason`.
 */
export function compileSchedule(schedule: ScheduleDeclaration, timezone: string, nodeName: string): NextSlot {
  const invalid = (reason: string, cause?: unknown) =>
    new EngineError('SCHEDULE_INVALID', { node: nodeName, reason }, { cause });
  if (schedule.kind === 'interval') {
    const { everyMs } = schedule;
    if (!Number.isFinite(everyMs) || everyMs < SHORTEST_INTERVAL_MS)
      throw invalid('an interval is at least one second');
    return (after) => (Math.floor(after / everyMs) + 1) * everyMs;
  }
  const { every } = schedule;
  if (every && !(Number.isInteger(every.count) && every.count >= 1))
    throw invalid('"every" must be a whole number from 1');
  const fields = schedule.expression.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6) {
    throw invalid(
      `"${schedule.expression}" has ${schedule.expression.trim() === '' ? 0 : fields} fields; cron takes five, or six with seconds first`,
    );
  }
  let cron: Cron;
  try {
    cron = new Cron(schedule.expression, { timezone, paused: true, mode: '5-or-6-parts' });
  } catch (error) {
    throw invalid(messageOf(error).replace(/^CronPattern: /, ''), error);
  }
  const next: NextSlot = (after) => {
    const slot = cron.nextRun(new Date(after))?.getTime();
    return slot === undefined ? null : slot;
  };
  let first: number | null;
  try {
    first = next(0);
  } catch (error) {
    throw invalid(`the time zone "${timezone}" is not known`, error);
  }
  if (first === null) throw invalid(`"${schedule.expression}" never comes, such as the 30th of February`);
  if (!every || every.count === 1) return next;
  return (after) => {
    let slot = next(after);
    for (let skipped = 0; slot !== null && skipped < MOST_SKIPPED; skipped++) {
      const beyond = ordinal(slot, every.unit, timezone) % every.count;
      if (beyond === 0) return slot;
      // Whole units that cannot count are leapt over; the margin is for changes of the clocks.
      const leap = (every.count - beyond - 1) * SHORTEST_UNIT_MS[every.unit] - LEAP_MARGIN_MS;
      slot = next(slot + Math.max(leap, 0));
    }
    return null;
  };
}

/** Counts hours, days, weeks (from Monday) or months since 1970 on the clocks of that zone. */
function ordinal(slot: number, unit: 'hours' | 'days' | 'weeks' | 'months', timezone: string): number {
  if (unit === 'hours') return Math.floor(slot / 3_600_000);
  const local = DateTime.fromMillis(slot, { zone: timezone });
  if (unit === 'months') return (local.year - 1970) * 12 + local.month - 1;
  const day = Math.round(Date.UTC(local.year, local.month - 1, local.day) / 86_400_000);
  // 1970-01-01 was a Thursday.
  return unit === 'days' ? day : Math.floor((day + 3) / 7);
}
