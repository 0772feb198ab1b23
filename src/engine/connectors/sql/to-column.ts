/** What a column takes, as far as values have to be written differently for it. `moment` has no zone of its own. */
export type ColumnKind = 'json' | 'array' | 'moment' | 'bits' | 'other';
export type TableColumns = ReadonlyMap<string, ColumnKind>;

const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;

/** A value as it is bound for a column. A text for a JSON column is JSON already, or else becomes a JSON text. */
export function toColumn(value: unknown, kind: ColumnKind | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
  if (kind === 'array' && Array.isArray(value)) return value;
  // A text would be taken for the bytes of its letters.
  if (kind === 'bits' && typeof value === 'string' && /^\d+$/.test(value)) return BigInt(value);
  if (kind === 'moment' && isZoned(value)) return toUtc(value);
  return typeof value === 'object' && !(value instanceof Uint8Array) ? JSON.stringify(value) : value;
}

/** Whether a value is the text of a moment that names its zone. */
export function isZoned(value: unknown): value is string {
  return typeof value === 'string' && ZONED.test(value);
}

/** The moment in UTC, without a zone; what is finer than a millisecond stays. */
function toUtc(text: string): string {
  const [, day = '', time = '', fraction = '', zone = ''] = ZONED.exec(text) ?? [];
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const moment = new Date(`${day}T${time}${offset}`);
  if (Number.isNaN(moment.getTime())) return text;
  return moment.toISOString().slice(0, 19) + fraction;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
