import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What executions weigh, which files they need, and their marks where an index finds them. */
export const retention: Migration = {
  number: 7,
  name: 'retention',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    const clustered = dialect === 'sqlite' ? sql`without rowid` : sql``;
    await db.schema
      .alterTable('workflow_executions')
      .addColumn('data_bytes', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();

    await db.schema
      .createTable('execution_marks')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('key', key, (column) => column.notNull())
      .addColumn('value', key, (column) => column.notNull())
      .addPrimaryKeyConstraint('execution_marks_key', ['execution_id', 'key'])
      .modifyEnd(clustered)
      .execute();
    // The id is part of the index, so that the newest with a mark are found without sorting. Long values are cut to
    // what an index of Postgres takes; the list looks at the whole value.
    const start = sql`substr(value, 1, 200)`;
    await sql`create index execution_marks_value on execution_marks (key, ${start}, execution_id)`.execute(
      db,
    );
    const marked =
      dialect === 'sqlite'
        ? sql`select e.id, m.key, m.value from workflow_executions e, json_each(e.marks) m where e.marks is not null`
        : sql`select e.id, m.key, m.value from workflow_executions e, jsonb_each_text(e.marks::jsonb) m where e.marks is not null`;
    await sql`insert into execution_marks (execution_id, key, value) ${marked}`.execute(db);

    await db.schema
      .createTable('blob_references')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('blob_id', key, (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('blob_references_key', ['execution_id', 'blob_id'])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex('blob_references_blob').on('blob_references').column('blob_id').execute();

    const weight = sql`select coalesce(sum(octet_length(runs) + octet_length(outputs)), 0)
      from execution_logs where execution_id = workflow_executions.id`;
    await sql`update workflow_executions set data_bytes = (${weight})`.execute(db);
  },
};
