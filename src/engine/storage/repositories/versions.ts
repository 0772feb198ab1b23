import type { Kysely } from 'kysely';
import { WorkflowDocument, type WorkflowVersion } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { Database } from '../database.ts';
import type { DocumentHashes } from '../document-hashes.ts';
import { decodeCursor, toPage } from '../paging.ts';
import type { Tables, WorkflowVersionsTable } from '../tables.ts';
import type { VersionStore } from '../types.ts';
import { lockDraft, writeDraft } from './draft-rows.ts';
import { deleteUnusedDocuments } from './execution-removal.ts';
import { addVersion, keepDraft, newestIfSame } from './version-rows.ts';

type VersionRow = Omit<WorkflowVersionsTable, 'document_hash'> & { published_version: number | null };

export function createVersionRepository(database: Database, documents: DocumentHashes): VersionStore {
  const { read, dialect } = database;

  return {
    async list({ workflowId, limit, cursor }) {
      const before = cursor === undefined ? null : Number(decodeCursor(cursor)[0]);
      const found = versionRows(read).where('version.workflow_id', '=', workflowId);
      const [rows, counted] = await Promise.all([
        found
          .$if(before !== null, (select) => select.where('version.version', '<', before))
          .orderBy('version.version', 'desc')
          .limit(limit + 1)
          .execute(),
        read
          .selectFrom('workflow_versions')
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .where('workflow_id', '=', workflowId)
          .executeTakeFirstOrThrow(),
      ]);
      return toPage(rows, {
        limit,
        total: Number(counted.total),
        toItem: toVersion,
        cursorOf: (row) => [row.version, ''],
      });
    },

    get: (workflowId, version) => getVersion(read, workflowId, version),

    create: ({ workflowId, name, note, now }) =>
      database.atomically(async (db) => {
        const draft = await lockDraft(db, dialect, workflowId);
        const same = await newestIfSame(db, documents, draft);
        if (same?.label === '') return rename(db, { workflowId, version: same.version, name, note });
        const version = await addVersion(db, documents, draft, {
          kind: 'named',
          label: name,
          note,
          created_at: now,
        });
        return findVersion(db, workflowId, version);
      }),

    update: (version) => database.atomically((db) => rename(db, version)),

    delete: (workflowId, version) =>
      database.atomically(async (db) => {
        // Held, so that nobody publishes it in the meantime.
        const workflow = await lockDraft(db, dialect, workflowId);
        if (workflow.publishedVersion === version) throw new EngineError('VERSION_PUBLISHED', { version });
        const removed = await db
          .deleteFrom('workflow_versions')
          .where('workflow_id', '=', workflowId)
          .where('version', '=', version)
          .returning('document_hash')
          .executeTakeFirst();
        if (!removed) throw new EngineError('VERSION_NOT_FOUND', { version });
        await deleteUnusedDocuments(db, new Map([[removed.document_hash, workflowId]]));
        database.forgetDocuments();
      }),

    restore: ({ workflowId, version, revision, now }) =>
      database.atomically(async (db) => {
        const former = await lockDraft(db, dialect, workflowId);
        const { document } = await findVersion(db, workflowId, version);
        await keepDraft(db, documents, { former, next: document, now, minAgeMs: 0 });
        return writeDraft(db, { former, document, revision, now });
      }),
  };
}

async function rename(
  db: Kysely<Tables>,
  change: { workflowId: string; version: number; name?: string; note?: string },
): Promise<WorkflowVersion> {
  const { workflowId, version, name, note } = change;
  const { document: _document, ...former } = await findVersion(db, workflowId, version);
  const renamed = { ...former, name: name ?? former.name, note: note ?? former.note };
  // Somebody cares for it now.
  if (renamed.kind === 'automatic' && renamed.name !== '') renamed.kind = 'named';
  await db
    .updateTable('workflow_versions')
    .set({ label: renamed.name, note: renamed.note, kind: renamed.kind })
    .where('workflow_id', '=', workflowId)
    .where('version', '=', version)
    .execute();
  return renamed;
}

async function findVersion(db: Kysely<Tables>, workflowId: string, version: number) {
  const found = await getVersion(db, workflowId, version);
  if (!found) throw new EngineError('VERSION_NOT_FOUND', { version });
  return found;
}

async function getVersion(db: Kysely<Tables>, workflowId: string, version: number) {
  const row = await versionRows(db)
    .innerJoin('workflow_documents as document', 'document.hash', 'version.document_hash')
    .select('document.content')
    .where('version.workflow_id', '=', workflowId)
    .where('version.version', '=', version)
    .executeTakeFirst();
  return row ? { ...toVersion(row), document: WorkflowDocument.parse(JSON.parse(row.content)) } : null;
}

function versionRows(db: Kysely<Tables>) {
  return db
    .selectFrom('workflow_versions as version')
    .innerJoin('workflows as workflow', 'workflow.id', 'version.workflow_id')
    .select([
      'version.workflow_id',
      'version.version',
      'version.name',
      'version.kind',
      'version.label',
      'version.note',
      'version.node_count',
      'version.created_at',
      'workflow.published_version',
    ]);
}

function toVersion(row: VersionRow): WorkflowVersion {
  return {
    workflowId: row.workflow_id,
    version: row.version,
    kind: row.kind,
    name: row.label,
    note: row.note,
    workflowName: row.name,
    nodeCount: row.node_count,
    published: row.version === row.published_version,
    createdAt: row.created_at,
  };
}
