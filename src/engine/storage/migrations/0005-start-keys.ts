import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What an execution may begin for once only, and how far each schedule has come. */
export const startKeys: Migration = {
  number: 5,
  name: 'start-keys',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('start_keys')
      .addColumn('key', key, (column) => column.primaryKey())
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('start_keys_expiry').on('start_keys').column('expires_at').execute();
    await db.schema
      .createTable('scheduled_tasks')
      .addColumn('workflow_id', key, (column) => column.notNull())
      .addColumn('node_id', key, (column) => column.notNull())
      .addColumn('last_slot', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('scheduled_tasks_key', ['workflow_id', 'node_id'])
      .execute();
  },
};
