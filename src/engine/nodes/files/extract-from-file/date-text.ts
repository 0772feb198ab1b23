const DAY_MS = 24 * 3_600_000;
/** Between the two epochs of spreadsheets, 1900 and 1904. */
const EPOCH_DAYS = 1462;
const FIRST_DAY_MS = Date.UTC(1900, 0, 1);

/**
 * A date of a spreadsheet, in UTC, as ISO 8601 text without a zone, since it has none: `2024-03-01`,
 * `2024-03-01T12:30:00`, or `12:30:00` for a time of day.
 */
export function dateText(date: Date, from1904: boolean): string {
  const isTime = date.getTime() < FIRST_DAY_MS;
  const shifted = new Date(date.getTime() + (from1904 && !isTime ? EPOCH_DAYS * DAY_MS : 0));
  // Fractions of days are not exact.
  const rounded = new Date(Math.round(shifted.getTime() / 1000) * 1000);
  const [day = '', time = ''] = rounded.toISOString().slice(0, 19).split('T');
  if (isTime) return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}
