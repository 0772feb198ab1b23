import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What every unfinished execution needs to go on after its process died, not only those that wait. */
export const checkpoints: Migration = {
  number: 4,
  name: 'checkpoints',
  async up(db, dialect) {
    const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
    await db.schema
      .createTable('checkpoints')
      .addColumn('execution_id', key, (column) => column.primaryKey())
      .addColumn('snapshot', 'text', (column) => column.notNull())
      .execute();
    await takeOverWaits(db as Kysely<WaitsBefore>);
    await db.schema.alterTable('waits').dropColumn('snapshot').execute();
    await db.schema
      .createTable('effect_units')
      .addColumn('execution_id', key, (column) => column.notNull())
      .addColumn('node_id', key, (column) => column.notNull())
      .addColumn('run_index', 'integer', (column) => column.notNull())
      .addColumn('unit', 'integer', (column) => column.notNull())
      .addColumn('result', 'text')
      .addPrimaryKeyConstraint('effect_units_key', ['execution_id', 'node_id', 'run_index', 'unit'])
      .execute();
    await db.schema
      .alterTable('workflow_executions')
      .addColumn('crashes', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('workflow_executions').addColumn('parent_call', 'text').execute();
    await db.schema.alterTable('workflow_executions').addColumn('retry_of', key).execute();
    // Partial, so that executions that nothing called do not pay for it.
    await sql`create index workflow_executions_children on workflow_executions (parent_execution_id) where parent_execution_id is not null`.execute(
      db,
    );
  },
};

interface WaitsBefore {
  waits: { execution_id: string; snapshot: string };
  checkpoints: { execution_id: string; snapshot: string };
}

/** Node runs that wait are called `open` now, as all that are under way; what nodes remember is made anew. */
async function takeOverWaits(db: Kysely<WaitsBefore>): Promise<void> {
  for (const { execution_id, snapshot } of await db
    .selectFrom('waits')
    .select(['execution_id', 'snapshot'])
    .execute()) {
    const {
      waiting,
      states: _states,
      ...rest
    } = JSON.parse(snapshot) as { waiting: Waiting[] } & Record<string, unknown>;
    const open = waiting.map(({ nodeId, runIndex, ...wait }) => ({ nodeId, runIndex, inputs: [], wait }));
    await db
      .insertInto('checkpoints')
      .values({ execution_id, snapshot: JSON.stringify({ ...rest, open }) })
      .execute();
  }
}

interface Waiting {
  nodeId: string;
  runIndex: number;
  until: number | null;
  resume?: unknown;
  tokenHash: string | null;
}
