import type { ScheduleDeclaration } from '../../../node-kit/index.ts';

export const SCHEDULE_UNITS = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'cron'] as const;

export interface ScheduleRule {
  every: (typeof SCHEDULE_UNITS)[number];
  count: number;
  minute: number;
  hour: number;
  weekdays: readonly string[];
  dayOfMonth: number;
  expression: string;
}

const UNIT_MS = { seconds: 1000, minutes: 60_000 };

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
/** Sunday is 0, as cron counts. */
const CRON_DAY: Record<string, number> = {
  sunday: 0,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
};

/** What a row of the form means. Clock times are of the workflow's time zone. */
export function toSchedule(rule: ScheduleRule): ScheduleDeclaration {
  const { every, count, minute, hour } = rule;
  switch (every) {
    case 'cron':
      return { kind: 'cron', expression: rule.expression };
    case 'seconds':
    case 'minutes':
      return { kind: 'interval', everyMs: count * UNIT_MS[every] };
    case 'hours':
      // Where the day divides evenly, people expect 0, 6, 12, 18 o'clock.
      return 24 % count === 0
        ? { kind: 'cron', expression: `${minute} ${count === 1 ? '*' : `*/${count}`} * * *` }
        : { kind: 'cron', expression: `${minute} * * * *`, every: { unit: 'hours', count } };
    case 'days':
      return nth(`${minute} ${hour} * * *`, 'days', count);
    case 'weeks': {
      const days = rule.weekdays.map((name) => CRON_DAY[name]).join(',') || '1';
      return nth(`${minute} ${hour} * * ${days}`, 'weeks', count);
    }
    case 'months':
      // "The 31st" means the last day; cron alone would leave out the shorter months.
      return nth(`${minute} ${hour} ${rule.dayOfMonth === 31 ? 'L' : rule.dayOfMonth} * *`, 'months', count);
  }
}

function nth(expression: string, unit: 'days' | 'weeks' | 'months', count: number): ScheduleDeclaration {
  return count === 1 ? { kind: 'cron', expression } : { kind: 'cron', expression, every: { unit, count } };
}
