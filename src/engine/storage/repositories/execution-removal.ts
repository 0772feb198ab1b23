import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

/** Removes executions with their run data, and what only they needed. Gives how many there were. */
export async function deleteExecutions(
  database: Database,
  ids: readonly string[],
  { finishedOnly }: { finishedOnly: boolean },
): Promise<number> {
  if (ids.length === 0) return 0;
  const deleted = await database.atomically(async (db) => {
    const doomed = await db
      .selectFrom('workflow_executions')
      .select(['id', 'workflow_id', 'document_hash'])
      .where('id', 'in', ids)
      .$if(finishedOnly, (select) => select.where('finished_at', 'is not', null))
      .execute();
    if (doomed.length === 0) return 0;
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
    await deletePieces(db, doomedIds);
    await deleteUnusedDocuments(db, new Map(doomed.map((row) => [row.document_hash, row.workflow_id])));
    database.forgetDocuments();
    return doomed.length;
  });
  if (deleted > 0) await database.reclaim();
  return deleted;
}

async function deletePieces(db: Kysely<Tables>, executionIds: readonly string[]): Promise<void> {
  const pieces = await db
    .selectFrom('run_data_references')
    .select('hash')
    .distinct()
    .where('execution_id', 'in', executionIds)
    .execute();
  if (pieces.length === 0) return;
  await db.deleteFrom('run_data_references').where('execution_id', 'in', executionIds).execute();
  for (const { hash } of pieces) {
    await db
      .deleteFrom('run_data')
      .where('hash', '=', hash)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('run_data_references').select('hash').where('hash', '=', hash))),
      )
      .execute();
  }
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
