import { z } from 'zod';
import { EngineError } from '../kernel/index.ts';

/** Where a page ended: the value of the sort column and the id of its last row. */
const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string()]);
export type Cursor = z.infer<typeof Cursor>;

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws INPUT_INVALID for a text that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new EngineError('INPUT_INVALID', { reason: 'cursor' }, { cause });
  }
}

/** Cuts the row that was fetched beyond the page to see whether there is a next one. */
export function toPage<Row, T>(
  rows: readonly Row[],
  about: { limit: number; total: number; toItem(row: Row): T; cursorOf(row: Row): Cursor },
): { items: T[]; nextCursor: string | null; total: number } {
  const last = rows.length > about.limit ? rows[about.limit - 1] : undefined;
  return {
    items: rows.slice(0, about.limit).map(about.toItem),
    nextCursor: last ? encodeCursor(about.cursorOf(last)) : null,
    total: about.total,
  };
}
