import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const initial: Migration = {
  number: 1,
  name: 'initial',
  async up(db, dialect) {
    const sqlite = dialect === 'sqlite';
    // Keys and sort columns compare by code point in both dialects, so that a page ends where the next one begins.
    const key = sqlite ? sql`text` : sql`text collate "C"`;
    const bytes = sqlite ? sql`blob` : sql`bytea`;
    const real = sqlite ? sql`real` : sql`double precision`;
    const clustered = sqlite ? sql`without rowid` : sql``;

    await db.schema
      .createTable('workflows')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sort_name', key, (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('active', 'integer', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('node_count', 'integer', (column) => column.notNull())
      .addColumn('node_types', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('published_version', 'integer')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('workflow_versions')
      .addColumn('workflow_id', key, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('document_hash', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('workflow_versions_key', ['workflow_id', 'version'])
      .execute();
    await db.schema
      .createIndex('workflow_versions_document')
      .on('workflow_versions')
      .column('document_hash')
      .execute();

    await db.schema
      .createTable('workflow_documents')
      .addColumn('hash', key, (column) => column.primaryKey())
      .addColumn('content', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('workflow_executions')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('workflow_id', key)
      .addColumn('workflow_name', 'text', (column) => column.notNull())
      .addColumn('version', 'integer')
      .addColumn('document_hash', key, (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('boot_id', 'text', (column) => column.notNull())
      .addColumn('parent_execution_id', 'text')
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('duration_ms', real)
      .addColumn('error', 'text')
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createIndex('workflow_executions_workflow')
      .on('workflow_executions')
      .columns(['workflow_id', 'id'])
      .execute();
    // Partial, so that the many executions that simply succeed do not pay for them.
    await sql`create index workflow_executions_failed on workflow_executions (id) where status = 'failed'`.execute(
      db,
    );
    await sql`create index workflow_executions_open on workflow_executions (id) where finished_at is null`.execute(
      db,
    );
    await sql`create index workflow_executions_draft on workflow_executions (document_hash) where version is null`.execute(
      db,
    );

    await db.schema
      .createTable('execution_logs')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('batch', 'bigint', (column) => column.notNull())
      .addColumn('runs', 'text', (column) => column.notNull())
      .addColumn('outputs', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('execution_logs_key', ['execution_id', 'batch'])
      .modifyEnd(clustered)
      .execute();

    await db.schema
      .createTable('run_data')
      .addColumn('hash', key, (column) => column.primaryKey())
      .addColumn('content', bytes, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('run_data_references')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('hash', key, (column) => column.notNull())
      .addPrimaryKeyConstraint('run_data_references_key', ['execution_id', 'hash'])
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createIndex('run_data_references_hash')
      .on('run_data_references')
      .column('hash')
      .execute();

    await db.schema
      .createTable('credentials')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('secret', bytes, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('settings')
      .addColumn('key', key, (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
  },
};
