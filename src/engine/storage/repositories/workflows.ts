import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import { WorkflowDocument } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { DocumentHashes } from '../document-hashes.ts';
import { decodeCursor, toPage, type Cursor } from '../paging.ts';
import type { Tables } from '../tables.ts';
import type { PublishedWorkflow, WorkflowStore } from '../types.ts';
import {
  documentColumns,
  getWorkflow,
  lockDraft,
  toStored,
  toSummary,
  writeDraft,
  type WorkflowRow,
} from './draft-rows.ts';
import { deleteUnusedDocuments } from './execution-removal.ts';
import { AUTOMATIC_AFTER_MS, keepDraft, publishVersion } from './version-rows.ts';

type ListQuery = Parameters<WorkflowStore['list']>[0];

const SORT_COLUMNS = { name: 'sort_name', createdAt: 'created_at', updatedAt: 'updated_at' } as const;
const SUMMARY_COLUMNS = [
  'id',
  'name',
  'sort_name',
  'description',
  'active',
  'tags',
  'node_count',
  'node_types',
  'revision',
  'published_version',
  'created_at',
  'updated_at',
] as const;

export function createWorkflowRepository(database: Database, documents: DocumentHashes): WorkflowStore {
  const { read, dialect } = database;

  const store: WorkflowStore = {
    async list(query) {
      const column = SORT_COLUMNS[query.sort];
      const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor);
      const found = read.selectFrom('workflows').where((eb) => eb.and(conditions(eb, query, dialect)));
      const [rows, counted] = await Promise.all([
        found
          .select(SUMMARY_COLUMNS)
          .$if(cursor !== null, (select) =>
            select.where((eb) => after(eb, column, query.direction, cursor ?? ['', ''])),
          )
          .orderBy(column, query.direction)
          .orderBy('id', query.direction)
          .limit(query.limit + 1)
          .execute(),
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      ]);
      return toPage(rows, {
        limit: query.limit,
        total: Number(counted.total),
        toItem: toSummary,
        cursorOf: (row) => [row[column], row.id],
      });
    },

    get: (id) => getWorkflow(read, id),

    async insert({ id, document, now }) {
      const row: WorkflowRow = {
        id,
        ...documentColumns(document),
        active: 0,
        revision: 1,
        published_version: null,
        last_version: 0,
        created_at: now,
        updated_at: now,
      };
      await database.atomically((db) => db.insertInto('workflows').values(row).execute());
      return toStored(row);
    },

    saveDraft: ({ id, document, revision, now }) =>
      database.atomically(async (db) => {
        const former = await lockDraft(db, dialect, id);
        await keepDraft(db, documents, { former, next: document, now, minAgeMs: AUTOMATIC_AFTER_MS });
        return writeDraft(db, { former, document, revision, now });
      }),

    delete: (id) =>
      database.atomically(async (db) => {
        const versions = await db
          .selectFrom('workflow_versions')
          .select('document_hash')
          .where('workflow_id', '=', id)
          .execute();
        const { numDeletedRows } = await db
          .deleteFrom('workflows')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        await db.deleteFrom('kept_data').where('workflow_id', '=', id).execute();
        await db.deleteFrom('scheduled_tasks').where('workflow_id', '=', id).execute();
        await db.deleteFrom('workflow_versions').where('workflow_id', '=', id).execute();
        await deleteUnusedDocuments(db, new Map(versions.map((row) => [row.document_hash, id])));
        database.forgetDocuments();
        return numDeletedRows > 0n;
      }),

    publish: (id, now) =>
      database.atomically(async (db) => {
        const draft = await lockDraft(db, dialect, id);
        const version = await publishVersion(db, documents, draft, now);
        await db
          .updateTable('workflows')
          .set({ active: 1, published_version: version, updated_at: now })
          .where('id', '=', id)
          .execute();
        return { id, name: draft.name, version, document: draft.document };
      }),

    async setInactive(id, now) {
      await database.atomically(async (db) => {
        await db.updateTable('workflows').set({ active: 0, updated_at: now }).where('id', '=', id).execute();
        // What passes from now on is not missed.
        await db.deleteFrom('scheduled_tasks').where('workflow_id', '=', id).execute();
      });
    },

    async published(id) {
      const row = await publishedRows(read).where('workflow.id', '=', id).executeTakeFirst();
      return row ? toPublished(row) : null;
    },

    async listActive() {
      const rows = await publishedRows(read)
        .where('workflow.active', '=', 1)
        .orderBy('workflow.id')
        .execute();
      return rows.map(toPublished);
    },
  };
  return store;
}

function conditions(
  eb: ExpressionBuilder<Tables, 'workflows'>,
  query: ListQuery,
  dialect: Database['dialect'],
) {
  const { search, active, tag } = query;
  const like = dialect === 'sqlite' ? sql`like` : sql`ilike`;
  const pattern = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const matches = (column: 'name' | 'description') =>
    sql<boolean>`${eb.ref(column)} ${like} ${pattern} escape '\\'`;
  const tagged =
    dialect === 'sqlite'
      ? sql<boolean>`exists (select 1 from json_each(${eb.ref('tags')}) where value = ${tag})`
      : sql<boolean>`jsonb_exists(${eb.ref('tags')}::jsonb, ${tag})`;
  return [
    ...(search ? [eb.or([matches('name'), matches('description')])] : []),
    ...(active === undefined ? [] : [eb('active', '=', active ? 1 : 0)]),
    ...(tag === undefined ? [] : [tagged]),
  ];
}

/** Rows that come after the cursor's, in an order by the column and then by id. */
function after(
  eb: ExpressionBuilder<Tables, 'workflows'>,
  column: (typeof SORT_COLUMNS)[keyof typeof SORT_COLUMNS],
  direction: 'asc' | 'desc',
  [value, id]: Cursor,
) {
  const beyond = direction === 'asc' ? '>' : '<';
  return eb.or([eb(column, beyond, value), eb.and([eb(column, '=', value), eb('id', beyond, id)])]);
}

function publishedRows(db: Kysely<Tables>) {
  return db
    .selectFrom('workflows as workflow')
    .innerJoin('workflow_versions as version', (join) =>
      join
        .onRef('version.workflow_id', '=', 'workflow.id')
        .onRef('version.version', '=', 'workflow.published_version'),
    )
    .innerJoin('workflow_documents as document', 'document.hash', 'version.document_hash')
    .select(['workflow.id', 'version.name', 'version.version', 'document.content']);
}

function toPublished(row: { id: string; name: string; version: number; content: string }): PublishedWorkflow {
  const { id, name, version, content } = row;
  return { id, name, version, document: WorkflowDocument.parse(JSON.parse(content)) };
}
