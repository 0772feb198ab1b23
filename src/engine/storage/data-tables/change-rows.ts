import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely, type Selectable } from 'kysely';
import { z } from 'zod';
import type { DataFilter, DataRow, DataTable, DataValues } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { DataChange } from '../../node-kit/index.ts';
import type { Dialect } from '../migrations/migration.ts';
import type { DataTableRowsTable, Tables } from '../tables.ts';
import { mergeCells, shorten, uniqueText, type Cells } from './cells.ts';
import { whereOf } from './row-query.ts';

const MOST_ROWS = 100_000;
/** Rows that are changed per turn of the event loop. */
const ROWS_PER_TURN = 200;

const StoredCells = z.record(z.string(), z.unknown());

interface Place {
  /** A transaction. */
  db: Kysely<Tables>;
  dialect: Dialect;
  table: DataTable;
  now: number;
}

/** Makes the change within the transaction; see `DataTableStore.write`. */
export async function changeRows(place: Place, change: DataChange): Promise<DataRow[]> {
  if (change.kind === 'insert') return insertRows(place, change.rows);
  const found = await findRows(place, change.filter);
  if (change.kind === 'delete') return deleteRows(place, found);
  if (change.kind === 'upsert' && found.length === 0) return insertRows(place, [change.values]);
  return updateRows(place, found, change.values);
}

export function toDataRow(table: DataTable, row: Selectable<DataTableRowsTable>): DataRow {
  const cells = StoredCells.parse(JSON.parse(row.cells));
  return {
    id: row.id,
    values: Object.fromEntries(table.columns.map(({ id, name }) => [name, cells[id] ?? null])),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function findRows({ db, dialect, table }: Place, filter: DataFilter) {
  return db
    .selectFrom('data_table_rows')
    .selectAll()
    .where('table_id', '=', table.id)
    .where(whereOf(dialect, table, filter))
    .orderBy('id')
    .execute();
}

async function insertRows(place: Place, rows: readonly DataValues[]): Promise<DataRow[]> {
  const { db, table, now } = place;
  const { last_row } = await db
    .updateTable('data_tables')
    .set(({ eb }) => ({
      last_row: eb('last_row', '+', rows.length),
      row_count: eb('row_count', '+', rows.length),
      updated_at: now,
    }))
    .where('id', '=', table.id)
    .returning('last_row')
    .executeTakeFirstOrThrow();
  if (table.rowCount + rows.length > MOST_ROWS)
    throw new EngineError('DATA_TABLE_FULL', { table: table.name, limit: MOST_ROWS, what: 'rows' });
  return eachRow(rows, async (values, index) => {
    const cells = mergeCells(table, {}, values);
    const row = {
      table_id: table.id,
      id: last_row - rows.length + 1 + index,
      cells: JSON.stringify(cells),
      created_at: now,
      updated_at: now,
    };
    await db.insertInto('data_table_rows').values(row).execute();
    await takeUniques(place, row.id, cells);
    return toDataRow(table, row);
  });
}

async function updateRows(
  place: Place,
  rows: ReadonlyArray<Selectable<DataTableRowsTable>>,
  values: DataValues,
): Promise<DataRow[]> {
  const { db, table, now } = place;
  const isUniqueTouched = table.columns.some(({ unique, name }) => unique && Object.hasOwn(values, name));
  return eachRow(rows, async (row) => {
    const cells = mergeCells(table, StoredCells.parse(JSON.parse(row.cells)), values);
    const changed = { ...row, cells: JSON.stringify(cells), updated_at: now };
    await db
      .updateTable('data_table_rows')
      .set({ cells: changed.cells, updated_at: now })
      .where('table_id', '=', table.id)
      .where('id', '=', row.id)
      .execute();
    if (isUniqueTouched) {
      await freeUniques(place, row.id);
      await takeUniques(place, row.id, cells);
    }
    return toDataRow(table, changed);
  });
}

async function deleteRows(
  place: Place,
  rows: ReadonlyArray<Selectable<DataTableRowsTable>>,
): Promise<DataRow[]> {
  const { db, table, now } = place;
  const hasUniques = table.columns.some(({ unique }) => unique);
  const deleted = await eachRow(rows, async (row) => {
    await db
      .deleteFrom('data_table_rows')
      .where('table_id', '=', table.id)
      .where('id', '=', row.id)
      .execute();
    if (hasUniques) await freeUniques(place, row.id);
    return toDataRow(table, row);
  });
  await db
    .updateTable('data_tables')
    .set({ row_count: sql<number>`row_count - ${rows.length}`, updated_at: now })
    .where('id', '=', table.id)
    .execute();
  return deleted;
}

async function takeUniques({ db, table }: Place, rowId: number, cells: Cells): Promise<void> {
  for (const { id, name, unique } of table.columns) {
    const cell = cells[id];
    if (!unique || cell === undefined) continue;
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('data_table_uniques')
      .values({ table_id: table.id, column_id: id, value: uniqueText(cell), row_id: rowId })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n)
      throw new EngineError('DATA_VALUE_TAKEN', { column: name, value: shorten(JSON.stringify(cell)) });
  }
}

async function freeUniques({ db, table }: Place, rowId: number): Promise<void> {
  await db
    .deleteFrom('data_table_uniques')
    .where('table_id', '=', table.id)
    .where('row_id', '=', rowId)
    .execute();
}

async function eachRow<R>(
  rows: readonly R[],
  work: (row: R, index: number) => Promise<DataRow>,
): Promise<DataRow[]> {
  const results: DataRow[] = [];
  for (const [index, row] of rows.entries()) {
    results.push(await work(row, index));
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
  }
  return results;
}
