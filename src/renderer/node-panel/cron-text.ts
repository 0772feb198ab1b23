export type CronReading =
  | { key: 'everyMinute' }
  | { key: 'everyMinutes'; count: number }
  | { key: 'hourly'; minute: number }
  | { key: 'daily'; time: string }
  | { key: 'weekly'; days: number[]; time: string }
  | { key: 'monthly'; day: number; time: string };

const PART = /^(\*|\?|L|[0-9A-Za-z]+(-[0-9A-Za-z]+)?(#\d)?)(\/\d+)?$/;

/** Second, minute, hour, day, month and weekday, where both 0 and 7 are Sunday. */
const LIMITS = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Whether a text has the shape of a cron expression: five fields, or six beginning with seconds. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) return false;
  const limits = LIMITS.slice(-fields.length);
  return fields.every((field, index) =>
    field.split(',').every((part) => PART.test(part) && isWithin(part, limits[index]!)),
  );
}

/** Whether every number of a part, but for the step, is one that the field may have. */
function isWithin(part: string, [least, most]: readonly [number, number]): boolean {
  const numbers = part.replace(/[#/].*$/, '').match(/\d+/g) ?? [];
  return numbers.every((number) => Number(number) >= least && Number(number) <= most);
}

/** What a usual cron expression says; null for those that only their fields can tell. */
export function readCron(text: string): CronReading | null {
  const fields = text.trim().split(/\s+/);
  if (!isCron(text) || fields.length !== 5) return null;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (month !== '*') return null;
  const rest = `${day} ${weekday}`;
  const everyMinutes = /^\*\/(\d+)$/.exec(minute);
  if (hour === '*' && rest === '* *') {
    if (minute === '*') return { key: 'everyMinute' };
    if (everyMinutes) return { key: 'everyMinutes', count: Number(everyMinutes[1]) };
    return isNumber(minute) ? { key: 'hourly', minute: Number(minute) } : null;
  }
  if (!isNumber(minute) || !isNumber(hour)) return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (rest === '* *') return { key: 'daily', time };
  if (weekday === '*' && isNumber(day)) return { key: 'monthly', day: Number(day), time };
  const days = day === '*' ? readDays(weekday) : null;
  return days && { key: 'weekly', days, time };
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Weekdays 0 (Sunday) to 6; null when they are written in a way not read here. */
function readDays(text: string): number[] | null {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [first, last = first] = part.split('-');
    if (!first || !last || !isNumber(first) || !isNumber(last)) return null;
    for (let day = Number(first); day <= Number(last); day += 1) days.push(day % 7);
  }
  return days;
}
