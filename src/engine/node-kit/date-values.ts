import { DateTime } from 'luxon';

/**
 * UTC milliseconds of a date or time value: Date, Luxon DateTime, milliseconds, ISO, SQL, RFC 2822 and HTTP texts,
 * and what JavaScript reads besides. Texts without an offset are in `zone`. Undefined for anything else.
 */
export function toMillis(value: unknown, zone = 'UTC'): number | undefined {
  if (value instanceof Date) return finite(value.getTime());
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'string') return textToMillis(value.trim(), zone);
  if (
    typeof value === 'object' &&
    value !== null &&
    'toMillis' in value &&
    typeof value.toMillis === 'function'
  ) {
    return finite((value as { toMillis(): number }).toMillis());
  }
  return undefined;
}

const UTC_ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const ONLY_DIGITS = /^-?\d+(\.\d+)?$/;
const CACHE_SIZE = 1000;
const known = new Map<string, number | undefined>();

/** Most texts are compared with the same few, which take microseconds to read each time. */
function textToMillis(text: string, zone: string): number | undefined {
  if (UTC_ISO.test(text)) return finite(Date.parse(text));
  const key = `${zone} ${text}`;
  if (known.has(key)) return known.get(key);
  if (known.size >= CACHE_SIZE) known.clear();
  const millis = readText(text, zone);
  known.set(key, millis);
  return millis;
}

function readText(text: string, zone: string): number | undefined {
  if (text === '' || ONLY_DIGITS.test(text)) return undefined;
  for (const read of [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822, DateTime.fromHTTP]) {
    const date = read.call(DateTime, text, { zone });
    if (date.isValid) return date.toMillis();
  }
  const parsed = new Date(text);
  if (Number.isNaN(parsed.getTime())) return undefined;
  if (/(?:Z|GMT|UTC|[+-]\d\d:?\d\d)\b/.test(text)) return parsed.getTime();
  // JavaScript took the wall-clock reading for the zone of this machine.
  return DateTime.fromJSDate(parsed).setZone(zone, { keepLocalTime: true }).toMillis();
}

function finite(millis: number): number | undefined {
  return Number.isFinite(millis) ? millis : undefined;
}
