import type { Bound, TablePlace } from './statement.ts';
import type { Dialect } from './dialect.ts';
import type { SqlChange } from './sql-change.ts';
import type { TableColumns } from './to-column.ts';

export type Row = Record<string, unknown>;

/** What a statement gave: rows, or where it gives none what it did. */
export type SqlResult = { rows: Row[] } | { summary: Row };

/** A row that was written. */
export interface Written {
  row: Row;
  /** Which of the rows of an insert; absent where nobody can say. */
  position?: number;
}

/** A connection of a database, lent to one user. Throws as the driver does; whoever lends it makes NodeErrors of that. */
export interface SqlClient {
  /** Several statements where no values are bound; then the last one's result counts. */
  run(bound: Bound): Promise<SqlResult>;
  /** Rows of one statement as they come, so that large results never are in memory at once. */
  read(bound: Bound): AsyncIterable<Row[]>;
  /** The columns of a table that can be written. Throws SERVICE_REFUSED where there is no such table. */
  columns(place: TablePlace): Promise<TableColumns>;
  /** Takes place as a whole or not at all. Gives the rows as they are in the table afterwards. */
  change(change: SqlChange): Promise<Written[]>;
  control(step: 'begin' | 'commit' | 'rollback'): Promise<void>;
}

/** The database of a credential. */
export interface SqlDatabase {
  readonly dialect: SqlDialect;
  /**
   * Lends a connection of the pool. What still runs when `signal` is aborted is cancelled on the server. Failures of the
   * database are thrown as NodeErrors.
   */
  use<R>(signal: AbortSignal, work: (client: SqlClient) => Promise<R>): Promise<R>;
}

export interface SqlDialect extends Dialect {
  /** Values that a statement can be bound to. */
  mostValues: number;
  /** Whether texts such as `2026-03-01T08:00:00+08:00` are compared with moments as what they say. */
  knowsZones: boolean;
  /** Whether a query only looks, so that it may be run again. */
  readsOnly(query: string): boolean;
  /** A query cut after so many rows; 0 for all. `parts` is what stands before and after the columns. */
  select(parts: { columns: string; from: string; order: string; limit: number }): string;
}
