import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

/** Pages given back after a removal by hand. */
const RECLAIM_PAGES = 2000;

/** Removes executions with their run data, and what only they needed. Gives how many there were. */
export async function deleteExecutions(
  database: Database,
  ids: readonly string[],
  { finishedOnly }: { finishedOnly: boolean },
): Promise<number> {
  if (ids.length === 0) return 0;
  const deleted = await database.atomically(async (db) => {
    const removed = await deleteExecutionRows(database, db, ids, { finishedOnly });
    await deletePieces(db, removed);
    return removed.length;
  });
  if (deleted > 0) await database.reclaim(RECLAIM_PAGES);
  return deleted;
}

/** All but the pieces of large outputs: see {@link deletePieces}. Gives the ids of those that were there. */
export async function deleteExecutionRows(
  database: Database,
  db: Kysely<Tables>,
  ids: readonly string[],
  { finishedOnly }: { finishedOnly: boolean },
): Promise<string[]> {
  const doomed = await db
    .selectFrom('workflow_executions')
    .select(['id', 'workflow_id', 'document_hash'])
    .where('id', 'in', ids)
    .$if(finishedOnly, (select) => select.where('finished_at', 'is not', null))
    .execute();
  if (doomed.length === 0) return [];
  const doomedIds = doomed.map(({ id }) => id);
  await db.deleteFrom('workflow_executions').where('id', 'in', doomedIds).execute();
  await db.deleteFrom('execution_logs').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('waits').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('resume_tokens').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('pending').where('execution_id', 'in', doomedIds).execute();
  // What is still to be sent is sent.
  await db
    .deleteFrom('callbacks')
    .where('execution_id', 'in', doomedIds)
    .where('next_at', 'is', null)
    .execute();
  await db.deleteFrom('checkpoints').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('data_table_writes').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('effect_units').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('execution_marks').where('execution_id', 'in', doomedIds).execute();
  await db.deleteFrom('blob_references').where('execution_id', 'in', doomedIds).execute();
  await deleteUnusedDocuments(db, new Map(doomed.map((row) => [row.document_hash, row.workflow_id])));
  database.forgetDocuments();
  return doomedIds;
}

/** Deletes the pieces that only these executions needed, at most `limit` of them. Gives how many it has dealt with. */
export async function deletePieces(
  db: Kysely<Tables>,
  executionIds: readonly string[],
  limit = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  if (executionIds.length === 0) return 0;
  const references = await db
    .selectFrom('run_data_references')
    .select(['execution_id', 'hash'])
    .where('execution_id', 'in', executionIds)
    .limit(limit)
    .execute();
  for (const { execution_id, hash } of references) {
    await db
      .deleteFrom('run_data_references')
      .where('execution_id', '=', execution_id)
      .where('hash', '=', hash)
      .execute();
    await db
      .deleteFrom('run_data')
      .where('hash', '=', hash)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('run_data_references').select('hash').where('hash', '=', hash))),
      )
      .execute();
  }
  return references.length;
}

/** Deletes those documents (by hash, with the id of their workflow) that no version and no execution needs any more. */
export async function deleteUnusedDocuments(
  db: Kysely<Tables>,
  documents: ReadonlyMap<string, string | null>,
): Promise<void> {
  for (const [hash, workflowId] of documents) {
    const version = await db
      .selectFrom('workflow_versions')
      .select('version')
      .where('document_hash', '=', hash)
      .limit(1)
      .executeTakeFirst();
    if (version) continue;
    await db
      .deleteFrom('workflow_documents')
      .where('hash', '=', hash)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('workflow_executions')
              .select('id')
              .where('document_hash', '=', hash)
              .where('version', 'is', null),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('workflow_executions')
              .select('id')
              .where('document_hash', '=', hash)
              .where('workflow_id', workflowId === null ? 'is' : '=', workflowId),
          ),
        ),
      )
      .execute();
  }
}
