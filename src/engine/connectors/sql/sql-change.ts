import type { SqlCondition } from './where.ts';
import type { TablePlace } from './statement.ts';

/** Columns and their values, as they are bound. */
export type RowValues = ReadonlyMap<string, unknown>;

/** A change of rows of one table. `output` are the columns to give of those that were changed. */
export type SqlChange = { place: TablePlace; output: readonly string[] | '*' } & (
  | { kind: 'insert'; rows: readonly RowValues[]; skipConflicts: boolean }
  | { kind: 'upsert'; rows: readonly RowValues[]; match: readonly string[] }
  | { kind: 'update'; set: RowValues; match: RowValues }
  | { kind: 'delete'; where: readonly SqlCondition[]; combine: 'and' | 'or' }
);
