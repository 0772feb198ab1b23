import type { Database, SqlValue } from 'sql.js';
import type { Row, TableTypes } from './query-table.ts';

/**
 * The rows of the last statement that gives any, with booleans, objects and lists where they came from the tables. Of
 * columns with the same name the last one counts.
 */
export function readRows(database: Database, sql: string, tables: readonly TableTypes[]): Row[] {
  let rows: Row[] = [];
  for (const statement of database.iterateStatements(sql)) {
    const columns = statement.getColumnNames();
    const isBoolean = columns.map((name) => tables.some(({ booleans }) => booleans.has(name)));
    const found: Row[] = [];
    while (statement.step()) {
      const cells = statement.get();
      found.push(
        Object.fromEntries(
          columns.map((name, at) => [name, valueOf(cells[at], isBoolean[at] === true, tables)]),
        ),
      );
    }
    if (columns.length > 0) rows = found;
  }
  return rows;
}

function valueOf(cell: SqlValue | undefined, isBoolean: boolean, tables: readonly TableTypes[]): unknown {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('base64');
  if (isBoolean && (cell === 0 || cell === 1)) return cell === 1;
  if (typeof cell !== 'string') return cell ?? null;
  return tables.find(({ nested }) => nested.has(cell))?.nested.get(cell) ?? cell;
}
