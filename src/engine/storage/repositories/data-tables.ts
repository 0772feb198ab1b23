import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable } from 'kysely';
import { z } from 'zod';
import { DataColumn, DataRow, type DataTable } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import { changeRows, toDataRow } from '../data-tables/change-rows.ts';
import { sortValue, whereOf } from '../data-tables/row-query.ts';
import type { Database } from '../database.ts';
import type { DataTablesTable, Tables } from '../tables.ts';
import type { DataTableStore } from '../types.ts';

const MOST_TABLES = 500;
const MOST_COLUMNS = 100;
/** Writes between two looks for answers of executions that are over. */
const WRITES_PER_CLEANING = 200;

const Columns = z.array(DataColumn);
const Rows = z.array(DataRow);

export function createDataTableRepository(database: Database): DataTableStore {
  const { read, dialect } = database;
  let writes = 0;

  /** Changes what a table is, all or nothing. */
  const alter = (
    id: string,
    now: number,
    change: (table: DataTable, db: Kysely<Tables>) => Promise<unknown>,
  ) =>
    database.atomically(async (db) => {
      await change(await load(db, id), db);
      await db.updateTable('data_tables').set({ updated_at: now }).where('id', '=', id).execute();
      return load(db, id);
    });

  return {
    async list() {
      return (await read.selectFrom('data_tables').selectAll().orderBy('sort_name').execute()).map(toTable);
    },
    get: (id) => load(read, id),
    create: ({ id, name, columns, now }) =>
      database.atomically(async (db) => {
        await refuseTaken(db, name);
        const { count } = await db
          .selectFrom('data_tables')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (Number(count) >= MOST_TABLES) throw full(name, MOST_TABLES, 'tables');
        const made: DataColumn[] = [];
        for (const column of columns) made.push(newColumn({ name, columns: made }, column));
        const row = {
          ...{ id, name, sort_name: name.toLowerCase(), columns: JSON.stringify(made) },
          ...{ last_row: 0, row_count: 0, created_at: now, updated_at: now },
        };
        await db.insertInto('data_tables').values(row).execute();
        return toTable(row);
      }),
    rename: (id, name, now) =>
      alter(id, now, async (_table, db) => {
        await refuseTaken(db, name, id);
        await db
          .updateTable('data_tables')
          .set({ name, sort_name: name.toLowerCase() })
          .where('id', '=', id)
          .execute();
      }),
    delete: (id) =>
      database.atomically(async (db) => {
        await load(db, id);
        await db.deleteFrom('data_table_uniques').where('table_id', '=', id).execute();
        await db.deleteFrom('data_table_rows').where('table_id', '=', id).execute();
        await db.deleteFrom('data_tables').where('id', '=', id).execute();
      }),
    addColumn: (id, column, now) =>
      alter(id, now, (table, db) => setColumns(db, id, [...table.columns, newColumn(table, column)])),
    renameColumn: (id, columnId, name, now) =>
      alter(id, now, async (table, db) => {
        const others = table.columns.filter((column) => column.id !== columnId);
        if (others.length === table.columns.length) throw noColumn(table, columnId);
        if (others.some((column) => column.name === name)) throw columnTaken(table.name, name);
        const renamed = table.columns.map((column) =>
          column.id === columnId ? { ...column, name } : column,
        );
        await setColumns(db, id, renamed);
      }),
    removeColumn: (id, columnId, now) =>
      alter(id, now, async (table, db) => {
        const others = table.columns.filter((column) => column.id !== columnId);
        if (others.length === table.columns.length) throw noColumn(table, columnId);
        await setColumns(db, id, others);
        const without =
          dialect === 'sqlite'
            ? sql<string>`json_remove(cells, ${`$."${columnId}"`})`
            : sql<string>`(cells::jsonb - cast(${columnId} as text))::text`;
        await db.updateTable('data_table_rows').set({ cells: without }).where('table_id', '=', id).execute();
        await db
          .deleteFrom('data_table_uniques')
          .where('table_id', '=', id)
          .where('column_id', '=', columnId)
          .execute();
      }),

    async rows({ id, filter, sort, offset = 0, limit }) {
      const table = await load(read, id);
      const found = read
        .selectFrom('data_table_rows')
        .where('table_id', '=', table.id)
        .$if(filter !== undefined, (select) =>
          select.where(whereOf(dialect, table, filter ?? { combinator: 'and', conditions: [] })),
        );
      const value = sort && sortValue(dialect, table, sort.column);
      const ordered = value ? found.orderBy(sql`${value} is null`).orderBy(value, sort.direction) : found;
      const [rows, { total }] = await Promise.all([
        ordered.selectAll().orderBy('id').limit(limit).offset(offset).execute(),
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      ]);
      return { items: rows.map((row) => toDataRow(table, row)), total: Number(total) };
    },

    write: (id, change, { now, once }) =>
      database.atomically(async (db) => {
        if (once && writes++ % WRITES_PER_CLEANING === 0) await forgetWrites(db);
        const known = once && (await findWrite(db, once.key));
        if (known) return known;
        const rows = await changeRows({ db, dialect, table: await load(db, id), now }, change);
        if (once)
          await db
            .insertInto('data_table_writes')
            .values({ key: once.key, execution_id: once.executionId, result: JSON.stringify(rows) })
            .execute();
        return rows;
      }),
  };
}

/** By id or, as workflows from elsewhere name it, by name. */
async function load(db: Kysely<Tables>, id: string): Promise<DataTable> {
  const row = await db
    .selectFrom('data_tables')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', id), eb('sort_name', '=', id.toLowerCase())]))
    .executeTakeFirst();
  if (!row) throw new EngineError('DATA_TABLE_NOT_FOUND', { table: id });
  return toTable(row);
}

function toTable(row: Selectable<DataTablesTable>): DataTable {
  return {
    id: row.id,
    name: row.name,
    columns: Columns.parse(JSON.parse(row.columns)),
    rowCount: row.row_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

async function refuseTaken(db: Kysely<Tables>, name: string, except = ''): Promise<void> {
  const taken = await db
    .selectFrom('data_tables')
    .select('id')
    .where('sort_name', '=', name.toLowerCase())
    .where('id', '!=', except)
    .executeTakeFirst();
  if (taken) throw new EngineError('DATA_TABLE_NAME_TAKEN', { name });
}

function newColumn(
  table: Pick<DataTable, 'name' | 'columns'>,
  { name, type, unique }: Omit<DataColumn, 'id'>,
): DataColumn {
  if (table.columns.some((column) => column.name === name)) throw columnTaken(table.name, name);
  if (table.columns.length >= MOST_COLUMNS) throw full(table.name, MOST_COLUMNS, 'columns');
  return { id: randomUUID(), name, type, unique };
}

async function setColumns(db: Kysely<Tables>, id: string, columns: readonly DataColumn[]): Promise<void> {
  await db
    .updateTable('data_tables')
    .set({ columns: JSON.stringify(columns) })
    .where('id', '=', id)
    .execute();
}

async function findWrite(db: Kysely<Tables>, key: string): Promise<DataRow[] | undefined> {
  const row = await db
    .selectFrom('data_table_writes')
    .select('result')
    .where('key', '=', key)
    .executeTakeFirst();
  return row && Rows.parse(JSON.parse(row.result));
}

/** Nobody asks again for what a write gave once its execution is over. */
async function forgetWrites(db: Kysely<Tables>): Promise<void> {
  await db
    .deleteFrom('data_table_writes')
    .where('execution_id', 'in', (eb) =>
      eb.selectFrom('workflow_executions').select('id').where('finished_at', 'is not', null),
    )
    .execute();
}

const columnTaken = (table: string, column: string) =>
  new EngineError('DATA_COLUMN_TAKEN', { table, column });

const full = (table: string, limit: number, what: string) =>
  new EngineError('DATA_TABLE_FULL', { table, limit, what });

const noColumn = ({ name, columns }: DataTable, column: string) =>
  new EngineError('DATA_COLUMN_UNKNOWN', {
    table: name,
    column,
    columns: columns.map((known) => known.name).join(', '),
  });
