import type { Database } from 'sql.js';

export type Row = Record<string, unknown>;

/** What cells of a table were before they became values of SQLite, which has no booleans, objects and lists. */
export interface TableTypes {
  /** Names of columns with nothing but booleans. */
  booleans: Set<string>;
  /** Texts that stand for objects and lists. */
  nested: Map<string, unknown>;
}

/** A table of its own type of cells: columns in the order they first appear, values as they are, 1 and 0 for booleans. */
export function createTable(database: Database, table: string, rows: readonly Row[]): TableTypes {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = columnNames(fields);
  // A table needs one column.
  database.run(`CREATE TABLE ${table} (${columns.length > 0 ? columns.map(quote).join(', ') : '"_"'})`);
  const types: TableTypes = { booleans: new Set(), nested: new Map() };
  fields.forEach((field, index) => {
    const cells = rows.map((row) => row[field]).filter((cell) => cell !== null && cell !== undefined);
    if (cells.length > 0 && cells.every((cell) => typeof cell === 'boolean'))
      types.booleans.add(columns[index] as string);
  });
  if (fields.length === 0) return types;
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${fields.map(() => '?').join(', ')})`);
  database.run('BEGIN');
  for (const row of rows) insert.run(fields.map((field) => cellOf(row[field], types)));
  database.run('COMMIT');
  insert.free();
  return types;
}

export function addColumn(database: Database, table: string, name: string): void {
  database.run(`ALTER TABLE ${table} ADD COLUMN ${quote(name)}`);
}

function cellOf(value: unknown, { nested }: TableTypes): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'string') return value;
  const text = JSON.stringify(value);
  nested.set(text, value);
  return text;
}

/** SQLite does not tell `a` from `A`: the second becomes `A_2`. */
function columnNames(fields: readonly string[]): string[] {
  const taken = new Set<string>();
  return fields.map((field) => {
    let name = field;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${field}_${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
