const HOUR = 3_600_000;

/** How far back each choice of the time filter looks; `custom` has days of its own. */
export const PERIODS = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
  custom: 0,
} as const;
export type Period = keyof typeof PERIODS;

/** `key=value`, or a key alone for any value. */
export function parseMark(text: string): { markKey?: string; markValue?: string } {
  const at = text.indexOf('=');
  const key = (at < 0 ? text : text.slice(0, at)).trim();
  if (key === '') return {};
  return at < 0 ? { markKey: key } : { markKey: key, markValue: text.slice(at + 1).trim() };
}

/** The first millisecond of a day like `2026-03-01` on this machine; undefined for anything else. */
export function dayStart(day: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00`).getTime() : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The last millisecond of such a day. */
export function dayEnd(day: string): number | undefined {
  const start = dayStart(day);
  if (start === undefined) return undefined;
  const next = new Date(start);
  // Not 24 hours: where clocks change, a day is longer or shorter.
  next.setDate(next.getDate() + 1);
  return next.getTime() - 1;
}
