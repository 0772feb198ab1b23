import type { Kysely } from 'kysely';
import type { WorkflowDocument } from '../../../contract/index.ts';
import type { DocumentHashes } from '../document-hashes.ts';
import type { Tables, WorkflowVersionsTable } from '../tables.ts';
import type { StoredWorkflow } from '../types.ts';

/**
 * A draft that is replaced becomes an automatic version when the last version is at least this old. What somebody
 * left behind when they stopped working is thereby always kept, and of a long session one state per ten minutes.
 */
export const AUTOMATIC_AFTER_MS = 10 * 60_000;

type Addition = Pick<WorkflowVersionsTable, 'kind' | 'created_at'> &
  Partial<Pick<WorkflowVersionsTable, 'label' | 'note'>>;

/** Adds the draft as the workflow's next version and gives its number. The document is stored once for all that hold it. */
export async function addVersion(
  db: Kysely<Tables>,
  documents: DocumentHashes,
  draft: StoredWorkflow,
  addition: Addition,
): Promise<number> {
  const { id, name, document } = draft;
  const { hash, content } = documents.identify({ document, workflowId: id });
  await db
    .insertInto('workflow_documents')
    .values({ hash, content })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { last_version: version } = await db
    .updateTable('workflows')
    .set((eb) => ({ last_version: eb('last_version', '+', 1) }))
    .where('id', '=', id)
    .returning('last_version')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('workflow_versions')
    .values({
      workflow_id: id,
      version,
      name,
      document_hash: hash,
      label: '',
      note: '',
      node_count: document.nodes.length,
      ...addition,
    })
    .execute();
  return version;
}

/** The newest version when it holds just this draft; undefined when it holds another document, or there is none. */
export async function newestIfSame(db: Kysely<Tables>, documents: DocumentHashes, draft: StoredWorkflow) {
  const { hash } = documents.identify({ document: draft.document, workflowId: draft.id });
  const newest = await newestVersion(db, draft.id);
  return newest?.document_hash === hash ? newest : undefined;
}

/** Number of the version that holds the draft as a published one: the same again when nothing changed. */
export async function publishVersion(
  db: Kysely<Tables>,
  documents: DocumentHashes,
  draft: StoredWorkflow,
  now: number,
): Promise<number> {
  const same = await newestIfSame(db, documents, draft);
  if (!same) return addVersion(db, documents, draft, { kind: 'published', created_at: now });
  if (same.kind !== 'published')
    await db
      .updateTable('workflow_versions')
      .set({ kind: 'published', created_at: now })
      .where('workflow_id', '=', draft.id)
      .where('version', '=', same.version)
      .execute();
  return same.version;
}

/** Keeps a draft that `next` is about to replace, unless a version holds it already or the last one is too young. */
export async function keepDraft(
  db: Kysely<Tables>,
  documents: DocumentHashes,
  {
    former,
    next,
    now,
    minAgeMs,
  }: { former: StoredWorkflow; next: WorkflowDocument; now: number; minAgeMs: number },
): Promise<void> {
  const { id: workflowId, document } = former;
  const last = await newestVersion(db, workflowId);
  if (now - (last?.created_at ?? former.createdAt) < minAgeMs) return;
  const { hash } = documents.identify({ document, workflowId });
  if (documents.identify({ document: next, workflowId }).hash === hash) return;
  const kept = await db
    .selectFrom('workflow_versions')
    .select('version')
    .where('workflow_id', '=', workflowId)
    .where('document_hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  if (!kept) await addVersion(db, documents, former, { kind: 'automatic', created_at: former.updatedAt });
}

function newestVersion(db: Kysely<Tables>, workflowId: string) {
  return db
    .selectFrom('workflow_versions')
    .select(['version', 'document_hash', 'kind', 'label', 'created_at'])
    .where('workflow_id', '=', workflowId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}
