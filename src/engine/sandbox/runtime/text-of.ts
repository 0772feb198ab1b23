/** A value inside a text with other text around it: nothing for nullish and NaN, JSON for objects, commas for lists. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value === 'function' || typeof value === 'symbol') return '';
  if (typeof value !== 'object') return String(value as number);
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null))
    return value.join(',');
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) return '';
  // Dates, durations and boxed strings stand for a text, which they give without quotes.
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
