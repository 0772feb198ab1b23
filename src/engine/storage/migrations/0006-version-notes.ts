import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Versions that were not published: kept by themselves or by hand, with names and notes. */
export const versionNotes: Migration = {
  number: 6,
  name: 'version notes',
  async up(db, dialect) {
    const schema = db.schema;
    await schema
      .alterTable('workflow_versions')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('published'))
      .execute();
    for (const column of ['label', 'note'])
      await schema
        .alterTable('workflow_versions')
        .addColumn(column, 'text', (added) => added.notNull().defaultTo(''))
        .execute();
    await schema
      .alterTable('workflow_versions')
      .addColumn('node_count', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('workflows')
      .addColumn('last_version', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    const nodeCount =
      dialect === 'sqlite'
        ? sql`json_array_length(content, '$.nodes')`
        : sql`json_array_length(content::json -> 'nodes')`;
    await sql`update workflow_versions set node_count = coalesce(
      (select ${nodeCount} from workflow_documents where hash = document_hash), 0)`.execute(db);
    await sql`update workflows set last_version = coalesce(
      (select max(version) from workflow_versions where workflow_id = workflows.id), 0)`.execute(db);
  },
};
