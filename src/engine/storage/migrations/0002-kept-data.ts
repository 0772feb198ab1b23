import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What workflows keep from one execution to the next, and what executions are marked with. */
export const keptData: Migration = {
  number: 2,
  name: 'kept-data',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('kept_data')
      .addColumn('workflow_id', key, (column) => column.notNull())
      .addColumn('key', key, (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('kept_data_key', ['workflow_id', 'key'])
      .execute();
    await db.schema.alterTable('workflow_executions').addColumn('marks', 'text').execute();
  },
};
