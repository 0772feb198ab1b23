import type { Locale } from '../../contract/index.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `850 ms`, `2.3 s`, `4 min 10 s`, `3 h 5 min`; in words of the language. */
export function formatDuration(milliseconds: number, locale: Locale): string {
  const units = locale === 'zh-CN' ? ['毫秒', '秒', '分', '小时'] : ['ms', 's', 'min', 'h'];
  if (milliseconds < SECOND) return `${formatDecimal(milliseconds, milliseconds < 10 ? 1 : 0)} ${units[0]}`;
  if (milliseconds < MINUTE) return `${formatDecimal(milliseconds / SECOND, 1)} ${units[1]}`;
  const [large, small, step] = milliseconds < HOUR ? [2, 1, MINUTE] : [3, 2, HOUR];
  const whole = Math.floor(milliseconds / step);
  const rest = Math.floor((milliseconds % step) / (step / 60));
  return rest === 0 ? `${whole} ${units[large]}` : `${whole} ${units[large]} ${rest} ${units[small]}`;
}

function formatDecimal(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** `just now`, `5 minutes ago`, `yesterday`; the date alone when it is more than a week away. */
export function formatRelativeTime(at: number, now: number, locale: Locale): string {
  const elapsed = now - at;
  if (Math.abs(elapsed) < 10 * SECOND) return locale === 'zh-CN' ? '刚刚' : 'just now';
  if (Math.abs(elapsed) >= 7 * DAY)
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (Math.abs(elapsed) < MINUTE) return format.format(-Math.round(elapsed / SECOND), 'second');
  if (Math.abs(elapsed) < HOUR) return format.format(-Math.round(elapsed / MINUTE), 'minute');
  if (Math.abs(elapsed) < DAY) return format.format(-Math.round(elapsed / HOUR), 'hour');
  return format.format(-Math.round(elapsed / DAY), 'day');
}

/** Date and time to the second, in the time zone of this machine. */
export function formatTime(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at);
}

/** Weekday, date and time to the second on the clocks of that time zone, with its distance from UTC. */
export function formatZonedTime(at: number, locale: Locale, timeZone: string): string {
  const text = new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    timeZone,
  }).format(at);
  // Set last by hand: in Chinese it would stand before the time.
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  return `${text} ${offset?.value ?? ''}`.trimEnd();
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${formatDecimal(value, unit === 0 ? 0 : 1)} ${units[unit]}`;
}
