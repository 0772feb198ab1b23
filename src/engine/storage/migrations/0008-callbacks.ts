import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * What goes out when an execution ends (`callbacks`), what waits for people (`pending`) and what people are told
 * (`notifications`).
 */
export const callbacks: Migration = {
  number: 8,
  name: 'callbacks',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('callbacks')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('credential_id', 'text')
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('last_at', 'bigint')
      .addColumn('last_error', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('callbacks_execution').on('callbacks').column('execution_id').execute();
    await db.schema.createIndex('callbacks_next').on('callbacks').columns(['next_at', 'id']).execute();
    await db.schema
      .createTable('pending')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('node_id', 'text', (column) => column.notNull())
      .addColumn('run_index', 'integer', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('workflow_id', 'text')
      .addColumn('workflow_name', 'text', (column) => column.notNull())
      .addColumn('node_name', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('token_hash', key)
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('decision', 'text')
      .addColumn('decided_at', 'bigint')
      .addPrimaryKeyConstraint('pending_key', ['execution_id', 'node_id', 'run_index'])
      .execute();
    await db.schema.createIndex('pending_decided').on('pending').columns(['decided_at', 'since']).execute();
    await db.schema.createIndex('pending_token').on('pending').column('token_hash').execute();
    await db.schema.createIndex('waits_due').on('waits').columns(['due_at', 'execution_id']).execute();
    await db.schema
      .createTable('notifications')
      .addColumn('subject', key, (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('workflow_id', 'text')
      .addColumn('workflow_name', 'text', (column) => column.notNull())
      .addColumn('execution_id', 'text')
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('message', 'text', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('read', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('notifications_at').on('notifications').column('at').execute();
  },
};
