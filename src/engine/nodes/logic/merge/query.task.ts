import { NodeError } from '../../../node-kit/index.ts';
import { readRows } from './query-rows.ts';
import { addColumn, createTable, type Row } from './query-table.ts';

export interface Query {
  sql: string;
  /** The tables `input1`, `input2`, … */
  inputs: Row[][];
}

/** Of SQLite's own memory; what a result holds is limited by that of the process. */
const HEAP_BYTES = 512 * 1024 ** 2;
/** How many columns a query may name of inputs that are empty. */
const MOST_MISSING = 100;

/**
 * What a query gives on a database in memory that holds the inputs and nothing else. It is SQLite compiled to
 * WebAssembly: no statement reaches files or programs. Throws NodeError SQL_INVALID.
 */
export async function query({ sql, inputs }: Query): Promise<Row[]> {
  const { default: initSqlJs } = await import('sql.js');
  const { Database } = await initSqlJs();
  const empty = inputs.flatMap((rows, index) => (rows.length === 0 ? [`input${index + 1}`] : []));
  const missing = new Set<string>();
  for (;;) {
    const database = new Database();
    try {
      database.run(`PRAGMA hard_heap_limit = ${HEAP_BYTES}`);
      const tables = inputs.map((rows, index) => createTable(database, `input${index + 1}`, rows));
      for (const table of empty) for (const name of missing) addColumn(database, table, name);
      return readRows(database, sql, tables);
    } catch (error) {
      const reason = (error as Error).message;
      // An input without items has no columns that could be found, and still the query may be right.
      const name = /^no such column: (?:[^.]*\.)?(.+)$/.exec(reason)?.[1];
      if (name === undefined || empty.length === 0 || missing.has(name) || missing.size >= MOST_MISSING)
        throw new NodeError('SQL_INVALID', { reason });
      missing.add(name);
    } finally {
      database.close();
    }
  }
}
