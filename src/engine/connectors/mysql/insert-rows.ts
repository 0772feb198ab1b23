import { columnsOf, Statement, type RowValues, type SqlChange, type Written } from '../sql/index.ts';
import { mysqlDialect } from './dialect.ts';
import { isDuplicate } from './failure.ts';
import { readRows } from './read-rows.ts';
import type { MysqlClient } from './sql-client.ts';
import { tableShape, type TableShape } from './table-columns.ts';

type Insert = Extract<SqlChange, { kind: 'insert' | 'upsert' }>;

/** Rows of one statement, and by what they are found again: by their own values, or by the number the server gave them. */
interface Batch {
  from: number;
  rows: RowValues[];
  isCounted: boolean;
}

/** Inserts rows, and gives them as they are in the table. One that cannot be found again is given as it was written. */
export async function insertRows(client: MysqlClient, wanted: Insert): Promise<Written[]> {
  const shape = await tableShape(client, wanted.place);
  const keys = new Map<number, RowValues | null>();
  for (const batch of batchesOf(wanted, shape)) await insertBatch(client, wanted, { batch, shape, keys });
  const positions = [...keys.keys()];
  const found = await readRows(client, wanted, [...keys.values()]);
  return positions.map((position, index) => {
    const row = found[index] ?? Object.fromEntries(wanted.rows[position] ?? []);
    return { row, position };
  });
}

/** Rows that follow each other and are found in the same way. What an upsert counts, it counts for one row at a time. */
function batchesOf(wanted: Insert, shape: TableShape): Batch[] {
  const batches: Batch[] = [];
  for (const [index, row] of wanted.rows.entries()) {
    const isCounted = keyOf(wanted, shape, row) === null && shape.counted !== undefined;
    const last = batches.at(-1);
    const joins = last?.isCounted === isCounted && !(isCounted && wanted.kind === 'upsert');
    if (last && joins) last.rows.push(row);
    else batches.push({ from: index, rows: [row], isCounted });
  }
  return batches;
}

/** The values a row is found by; null where it lacks some. */
function keyOf(wanted: Insert, { key }: TableShape, row: RowValues): RowValues | null {
  const names = wanted.kind === 'upsert' ? wanted.match : key;
  const isWhole = names.length > 0 && names.every((name) => (row.get(name) ?? null) !== null);
  return isWhole ? new Map(names.map((name) => [name, row.get(name)])) : null;
}

interface Under {
  batch: Batch;
  shape: TableShape;
  /** By the position of the row: what it is found by. */
  keys: Map<number, RowValues | null>;
}

async function insertBatch(
  client: MysqlClient,
  wanted: Insert,
  { batch, shape, keys }: Under,
): Promise<void> {
  const { from, rows, isCounted } = batch;
  try {
    const { insertId } = await client.write(statementOf(wanted, rows, shape));
    const step = isCounted && rows.length > 1 ? await stepOf(client) : 1;
    for (const [index, row] of rows.entries())
      keys.set(
        from + index,
        isCounted
          ? new Map([[shape.counted ?? '', numberAfter(insertId, index * step)]])
          : keyOf(wanted, shape, row),
      );
  } catch (error) {
    if (wanted.kind !== 'insert' || !wanted.skipConflicts || !isDuplicate(error)) throw error;
    // Nothing of the statement took place: its halves tell which rows are there already.
    const middle = rows.length >> 1;
    if (middle === 0) return;
    for (const half of [
      { ...batch, rows: rows.slice(0, middle) },
      { ...batch, rows: rows.slice(middle), from: from + middle },
    ])
      await insertBatch(client, wanted, { batch: half, shape, keys });
  }
}

function statementOf(wanted: Insert, rows: readonly RowValues[], { counted }: TableShape): Statement {
  const statement = new Statement(mysqlDialect);
  statement.add(`insert into ${statement.table(wanted.place)} ${statement.tuples(rows)}`);
  if (wanted.kind === 'insert') return statement;
  const names = columnsOf(rows);
  const changed = names.filter((name) => !wanted.match.includes(name));
  const sets = (changed.length > 0 ? changed : names).map((name) => {
    const quoted = mysqlDialect.quote(name);
    return `${quoted} = values(${quoted})`;
  });
  // The number of a row that is there is told as that of a new one is.
  if (counted !== undefined && !names.includes(counted)) {
    const quoted = mysqlDialect.quote(counted);
    sets.push(`${quoted} = last_insert_id(${quoted})`);
  }
  return statement.add(` on duplicate key update ${sets.join(', ')}`);
}

/** Servers that write to each other count in larger steps. */
async function stepOf(client: MysqlClient): Promise<number> {
  const [row] = await client.rows({ sql: 'select @@auto_increment_increment as step', values: [] });
  return Number(row?.['step']) || 1;
}

/** The driver gives numbers that JavaScript would round as texts. */
function numberAfter(first: number | string, distance: number): number | string {
  return typeof first === 'number' ? first + distance : (BigInt(first) + BigInt(distance)).toString();
}
