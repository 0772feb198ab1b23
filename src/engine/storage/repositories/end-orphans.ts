import type { Kysely } from 'kysely';
import { describeError, type ExecutionError } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import { nextBatch } from '../run-data/prepare-write.ts';
import type { Tables } from '../tables.ts';
import { latestRuns, parseRuns } from './latest-runs.ts';

/** Ends what a process other than `bootId` left unfinished, but for what waits. Gives the ids of those executions. */
export function endOrphans(database: Database, bootId: string, now: number): Promise<string[]> {
  const error: ExecutionError = {
    code: 'EXECUTION_INTERRUPTED',
    message: describeError('EXECUTION_INTERRUPTED'),
    details: {},
  };
  return database.atomically(async (db) => {
    const orphans = await db
      .selectFrom('workflow_executions')
      .select(['id', 'started_at'])
      .where('finished_at', 'is', null)
      .where('boot_id', '!=', bootId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('waits')
              .select('execution_id')
              .whereRef('execution_id', '=', 'workflow_executions.id'),
          ),
        ),
      )
      .orderBy('id')
      .execute();
    for (const { id, started_at } of orphans) {
      await db
        .updateTable('workflow_executions')
        .set({
          status: 'failed',
          finished_at: now,
          duration_ms: Math.max(0, now - started_at),
          error: JSON.stringify(error),
        })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('pending').where('execution_id', '=', id).where('decided_at', 'is', null).execute();
      await endOpenRuns(db, id, error, now);
    }
    return orphans.map(({ id }) => id);
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
