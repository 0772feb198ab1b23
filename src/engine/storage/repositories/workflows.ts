import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely';
import { z } from 'zod';
import { WorkflowDocument, type WorkflowSummary } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { Database } from '../database.ts';
import { DocumentHashes } from '../document-hashes.ts';
import { decodeCursor, toPage, type Cursor } from '../paging.ts';
import type { Tables, WorkflowsTable } from '../tables.ts';
import type { PublishedWorkflow, StoredWorkflow, WorkflowStore } from '../types.ts';
import { deleteUnusedDocuments } from './execution-removal.ts';

type ListQuery = Parameters<WorkflowStore['list']>[0];
type WorkflowRow = Selectable<WorkflowsTable>;

const Strings = z.array(z.string());
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

export function createWorkflowRepository(database: Database): WorkflowStore {
  const { read, dialect } = database;
  const documents = new DocumentHashes();

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
        created_at: now,
        updated_at: now,
      };
      await database.atomically((db) => db.insertInto('workflows').values(row).execute());
      return toStored(row);
    },

    saveDraft: ({ id, document, revision, now }) =>
      database.atomically(async (db) => {
        // One statement looks and writes, so that of two savers with the same revision one is refused.
        const { numUpdatedRows } = await db
          .updateTable('workflows')
          .set({ ...documentColumns(document), revision: revision + 1, updated_at: now })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .executeTakeFirstOrThrow();
        const stored = await getWorkflow(db, id);
        if (!stored) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
        if (numUpdatedRows === 0n) {
          throw new EngineError('REVISION_STALE', { id, revision, current: stored.revision });
        }
        return stored;
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
        const draft = await getWorkflow(db, id);
        if (!draft) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
        const { hash, content } = documents.identify({ document: draft.document, workflowId: id });
        const latest = await db
          .selectFrom('workflow_versions')
          .select(['version', 'document_hash'])
          .where('workflow_id', '=', id)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst();
        let version = latest?.version ?? 0;
        if (latest?.document_hash !== hash) {
          version += 1;
          await db
            .insertInto('workflow_documents')
            .values({ hash, content })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
          await db
            .insertInto('workflow_versions')
            .values({ workflow_id: id, version, name: draft.name, document_hash: hash, created_at: now })
            .execute();
        }
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

function documentColumns(document: WorkflowDocument) {
  return {
    name: document.name,
    sort_name: document.name.toLowerCase(),
    description: document.description ?? '',
    tags: JSON.stringify(document.tags ?? []),
    node_count: document.nodes.length,
    node_types: JSON.stringify([...new Set(document.nodes.map((node) => node.type))]),
    document: JSON.stringify(document),
  };
}

async function getWorkflow(db: Kysely<Tables>, id: string): Promise<StoredWorkflow | null> {
  const row = await db.selectFrom('workflows').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toStored(row) : null;
}

function toSummary(row: Omit<WorkflowRow, 'document'>): WorkflowSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    active: row.active === 1,
    tags: Strings.parse(JSON.parse(row.tags)),
    nodeCount: row.node_count,
    nodeTypes: Strings.parse(JSON.parse(row.node_types)),
    revision: row.revision,
    publishedVersion: row.published_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toStored(row: WorkflowRow): StoredWorkflow {
  return { ...toSummary(row), document: WorkflowDocument.parse(JSON.parse(row.document)) };
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
