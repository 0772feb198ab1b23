import type { Kysely } from 'kysely';
import type { ExecutionError } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import { nextBatch } from '../run-data/prepare-write.ts';
import type { Tables } from '../tables.ts';
import { latestRuns, parseRuns } from './latest-runs.ts';

/** Ends executions of which nothing goes on any more, with their node runs that are open. */
export function endOrphans(
  database: Database,
  ids: readonly string[],
  error: ExecutionError,
  now: number,
): Promise<void> {
  return database.atomically(async (db) => {
    for (const id of ids) {
      const row = await db
        .selectFrom('workflow_executions')
        .select('started_at')
        .where('id', '=', id)
        .where('finished_at', 'is', null)
        .executeTakeFirst();
      if (!row) continue;
      await db
        .updateTable('workflow_executions')
        .set({
          status: 'failed',
          finished_at: now,
          duration_ms: Math.max(0, now - row.started_at),
          error: JSON.stringify(error),
        })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('waits').where('execution_id', '=', id).execute();
      await db.deleteFrom('resume_tokens').where('execution_id', '=', id).execute();
      await db.deleteFrom('pending').where('execution_id', '=', id).where('decided_at', 'is', null).execute();
      await endOpenRuns(db, id, error, now);
    }
  });
}

async function endOpenRuns(
  db: Kysely<Tables>,
  executionId: string,
  error: ExecutionError,
  now: number,
): Promise<void> {
  const all = await db
    .selectFrom('execution_logs')
    .select('runs')
    .where('execution_id', '=', executionId)
    .orderBy('batch')
    .execute();
  const open = latestRuns(all.flatMap(({ runs }) => parseRuns(runs))).filter(
    ({ status }) => status === 'running' || status === 'waiting',
  );
  if (open.length === 0) return;
  const ended = open.map((run) => ({
    ...run,
    status: 'failed',
    durationMs: Math.max(0, now - run.startedAt),
    error: { ...error, nodeId: run.nodeId, nodeName: run.nodeName, runIndex: run.runIndex },
  }));
  await db
    .insertInto('execution_logs')
    .values({
      execution_id: executionId,
      batch: nextBatch(),
      runs: JSON.stringify(ended),
      outputs: JSON.stringify(ended.map(() => ({ items: [] }))),
    })
    .execute();
}
