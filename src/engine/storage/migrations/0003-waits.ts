import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Executions that wait, with all it takes to go on in another process. */
export const waits: Migration = {
  number: 3,
  name: 'waits',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('waits')
      .addColumn('execution_id', key, (column) => column.primaryKey())
      .addColumn('due_at', 'bigint')
      .addColumn('snapshot', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('resume_tokens')
      .addColumn('hash', key, (column) => column.primaryKey())
      .addColumn('execution_id', key, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('resume_tokens_execution')
      .on('resume_tokens')
      .column('execution_id')
      .execute();
  },
};
