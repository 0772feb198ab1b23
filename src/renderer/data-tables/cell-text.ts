import type { DataColumnType } from '../../contract/index.ts';

/** A cell as it is shown and edited. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What a typed text means; the engine reads it by the column's type. An empty text is no value. JSON that does not read
 * as such is a text.
 */
export function typedValue(type: DataColumnType, text: string): unknown {
  if (text === '') return null;
  if (type !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
