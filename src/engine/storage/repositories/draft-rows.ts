import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { WorkflowDocument, type WorkflowSummary } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { Dialect } from '../migrations/migration.ts';
import type { Tables, WorkflowsTable } from '../tables.ts';
import type { StoredWorkflow } from '../types.ts';

export type WorkflowRow = Selectable<WorkflowsTable>;

const Strings = z.array(z.string());

/** Null when there is no such workflow. */
export async function getWorkflow(db: Kysely<Tables>, id: string): Promise<StoredWorkflow | null> {
  const row = await db.selectFrom('workflows').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toStored(row) : null;
}

/**
 * The workflow, held until the transaction ends, so that what is replaced is what was read. SQLite has one writer and
 * knows no such lock. Throws WORKFLOW_NOT_FOUND.
 */
export async function lockDraft(db: Kysely<Tables>, dialect: Dialect, id: string): Promise<StoredWorkflow> {
  const row = await db
    .selectFrom('workflows')
    .selectAll()
    .where('id', '=', id)
    .$if(dialect === 'postgres', (select) => select.forUpdate())
    .executeTakeFirst();
  if (!row) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
  return toStored(row);
}

/** Replaces the draft that `lockDraft` gave. Throws REVISION_STALE when `revision` is not its own. */
export async function writeDraft(
  db: Kysely<Tables>,
  {
    former,
    document,
    revision,
    now,
  }: { former: StoredWorkflow; document: WorkflowDocument; revision: number; now: number },
): Promise<StoredWorkflow> {
  const { id } = former;
  if (former.revision !== revision)
    throw new EngineError('REVISION_STALE', { id, revision, current: former.revision });
  const row = await db
    .updateTable('workflows')
    .set({ ...documentColumns(document), revision: revision + 1, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toStored(row);
}

export function documentColumns(document: WorkflowDocument) {
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

export function toSummary(row: Omit<WorkflowRow, 'document' | 'last_version'>): WorkflowSummary {
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

export function toStored(row: WorkflowRow): StoredWorkflow {
  return { ...toSummary(row), document: WorkflowDocument.parse(JSON.parse(row.document)) };
}
