import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { DataColumn, DataTable, DataValues } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';

export type Cells = Record<string, unknown>;
type TypedColumn = Pick<DataColumn, 'name' | 'type'>;

const ROW_BYTES = 256 * 1024;
/** Longer values are kept unique by their hash: an index of Postgres takes no more than some kilobytes. */
const LONGEST_UNIQUE = 200;
/** NUL and halves of surrogate pairs as JSON writes them. Postgres has no place for either. */
const NOT_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** The table's column of that name. Throws DATA_COLUMN_UNKNOWN. */
export function columnNamed(table: DataTable, name: string): DataColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  const columns = table.columns.map((known) => known.name).join(', ');
  throw new EngineError('DATA_COLUMN_UNKNOWN', { table: table.name, column: name, columns });
}

/** `before` with these values, by the ids of columns. Throws DATA_VALUE_INVALID, DATA_VALUE_TOO_LARGE. */
export function mergeCells(table: DataTable, before: Cells, values: DataValues): Cells {
  const cells = { ...before };
  for (const [name, value] of Object.entries(values)) {
    const column = columnNamed(table, name);
    const cell = toCell(column, value);
    if (cell === null) delete cells[column.id];
    else cells[column.id] = cell;
  }
  if (Buffer.byteLength(JSON.stringify(cells)) > ROW_BYTES)
    throw new EngineError('DATA_VALUE_TOO_LARGE', { table: table.name, limit: ROW_BYTES });
  return cells;
}

/** The value as a column of that type holds it; null for none. Throws DATA_VALUE_INVALID. */
export function toCell(column: TypedColumn, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value === '' && column.type !== 'text') return null;
  const cell = CONVERSIONS[column.type](value);
  if (cell === undefined || NOT_TEXT.test(JSON.stringify(cell))) throw invalid(column, value);
  return cell;
}

export function invalid({ name, type }: { name: string; type: string }, value: unknown): EngineError {
  const text = JSON.stringify(value) ?? String(value);
  return new EngineError('DATA_VALUE_INVALID', { column: name, type, value: shorten(text) });
}

/** What two rows of a unique column may not share. */
export function uniqueText(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return text.length <= LONGEST_UNIQUE ? text : createHash('sha256').update(text).digest('hex');
}

export const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** Undefined where the value does not fit. */
const CONVERSIONS: Record<DataColumn['type'], (value: unknown) => unknown> = {
  text: (value) => (typeof value === 'object' ? undefined : String(value)),
  number: toNumber,
  boolean: toBoolean,
  'date-time': toDateTime,
  json: toJson,
};

function toNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = typeof value === 'number' ? value : value.trim() === '' ? NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  if (typeof value !== 'string') return undefined;
  return { true: true, '1': true, false: false, '0': false }[value.trim().toLowerCase()];
}

/** UTC with milliseconds, so that texts sort as their times do. A number is UTC milliseconds. */
function toDateTime(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const time =
    typeof value === 'number'
      ? DateTime.fromMillis(value, { zone: 'utc' })
      : DateTime.fromISO(value.trim().replace(' ', 'T'), { zone: 'utc' });
  return time.isValid && time.year >= 0 && time.year <= 9999 ? time.toISO() : undefined;
}

/** Text that reads as an object or a list is one; every other value is itself. */
function toJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
