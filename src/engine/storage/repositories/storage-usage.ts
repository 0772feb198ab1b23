import { sql, type Kysely } from 'kysely';
import type { StorageUsage } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { BlobStore } from '../types.ts';

const WORKFLOWS_SHOWN = 10;

/** See `HistoryStore.usage`. */
export async function readUsage(database: Database, blobs: BlobStore): Promise<StorageUsage> {
  const { read } = database;
  const executions = await read
    .selectFrom('workflow_executions')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('data_bytes').as('bytes'),
      fn.min('started_at').as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  const documents = await sumOf(
    read,
    sql`(select coalesce(sum(octet_length(content)), 0) from workflow_documents)
      + (select coalesce(sum(octet_length(document)), 0) from workflows)`,
  );
  const pieces = await sumOf(read, sql`(select coalesce(sum(octet_length(content)), 0) from run_data)`);
  const shared = await sumOf(
    read,
    sql`(select coalesce(sum(octet_length(content)), 0) from run_data_references join run_data using (hash))`,
  );
  const { used, free, log } = await database.size();
  // Shared pieces weigh on each of their executions, but are there once.
  const runData = Math.max(0, Number(executions.bytes ?? 0) - shared + pieces);
  return {
    executions: Number(executions.count),
    oldestStartedAt: executions.oldest,
    runData,
    documents,
    rows: Math.max(0, used - runData - documents),
    free,
    log,
    files: await countFiles(blobs),
    workflows: await heaviest(read),
  };
}

/** Bytes of the files that executions refer to, each counted once. */
export function referencedBlobBytes(read: Kysely<Tables>): Promise<number> {
  return sumOf(
    read,
    sql`(select coalesce(sum(size), 0) from (select max(size) as size from blob_references group by blob_id) as file)`,
  );
}

async function heaviest(read: Kysely<Tables>): Promise<StorageUsage['workflows']> {
  const rows = await read
    .selectFrom('workflow_executions as execution')
    .leftJoin('workflows as workflow', 'workflow.id', 'execution.workflow_id')
    .select(({ fn }) => [
      'execution.workflow_id',
      fn.max('workflow.name').as('name'),
      fn.max('execution.workflow_name').as('former'),
      fn.countAll<number>().as('executions'),
      fn.sum<number>('execution.data_bytes').as('bytes'),
    ])
    .groupBy('execution.workflow_id')
    .orderBy('bytes', 'desc')
    .limit(WORKFLOWS_SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.name === null ? null : row.workflow_id,
    name: row.name ?? row.former,
    executions: Number(row.executions),
    bytes: Number(row.bytes),
  }));
}

async function countFiles(blobs: BlobStore): Promise<{ count: number; bytes: number }> {
  const files = { count: 0, bytes: 0 };
  for await (const some of blobs.list()) {
    files.count += some.length;
    for (const { size } of some) files.bytes += size;
  }
  return files;
}

async function sumOf(read: Kysely<Tables>, expression: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ sum: number | string }>`select ${expression} as sum`.execute(read);
  return Number(rows[0]?.sum ?? 0);
}
