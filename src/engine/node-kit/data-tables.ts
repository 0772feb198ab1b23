import type { DataFilter, DataRow, DataSort, DataValues } from '../../contract/index.ts';

/** One change of rows, made as a whole or not at all. Values are those of columns by their names. */
export type DataChange =
  | { kind: 'insert'; rows: readonly DataValues[] }
  | { kind: 'update'; filter: DataFilter; values: DataValues }
  /** Changes the rows that fit, or adds one where none does. */
  | { kind: 'upsert'; filter: DataFilter; values: DataValues }
  | { kind: 'delete'; filter: DataFilter };

/** The tables of this installation, named by id or by name. */
export interface DataTables {
  /** `total` counts all rows that fit. */
  rows(query: {
    id: string;
    filter?: DataFilter | undefined;
    sort?: DataSort | undefined;
    limit: number;
  }): Promise<{ items: DataRow[]; total: number }>;
  /**
   * Makes the one change of a unit of this run, and gives the rows as they are now, or were before they were deleted.
   * Asked again for the unit, after a crash or by a further attempt, it changes nothing and gives the same.
   */
  write(id: string, change: DataChange, unit: number): Promise<DataRow[]>;
}
