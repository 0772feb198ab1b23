import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Small typed tables that workflows and people share. */
export const dataTables: Migration = {
  number: 9,
  name: 'data-tables',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('data_tables')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sort_name', key, (column) => column.notNull().unique())
      .addColumn('columns', 'text', (column) => column.notNull())
      .addColumn('last_row', 'bigint', (column) => column.notNull())
      .addColumn('row_count', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('data_table_rows')
      .addColumn('table_id', key, (column) => column.notNull())
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('cells', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('data_table_rows_key', ['table_id', 'id'])
      .execute();
    await db.schema
      .createTable('data_table_uniques')
      .addColumn('table_id', key, (column) => column.notNull())
      .addColumn('column_id', key, (column) => column.notNull())
      .addColumn('value', key, (column) => column.notNull())
      .addColumn('row_id', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('data_table_uniques_key', ['table_id', 'column_id', 'value'])
      .execute();
    await db.schema
      .createIndex('data_table_uniques_row')
      .on('data_table_uniques')
      .columns(['table_id', 'row_id'])
      .execute();
    await db.schema
      .createTable('data_table_writes')
      .addColumn('key', key, (column) => column.primaryKey())
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('result', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('data_table_writes_execution')
      .on('data_table_writes')
      .column('execution_id')
      .execute();
  },
};
