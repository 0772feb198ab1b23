import type { PoolClient } from 'pg';
import { EngineError } from '../../kernel/index.ts';
import type { PreparedWrite } from '../run-data/prepared-write.ts';

/** Named statements: Postgres plans each once per connection. */
const INSERT_EXECUTION = {
  name: 'insert-execution',
  text: `insert into workflow_executions (id, workflow_id, workflow_name, version, document_hash, status, mode, boot_id,
    parent_execution_id, started_at, finished_at, duration_ms, error, marks)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
};
const CHANGE_EXECUTION = {
  name: 'change-execution',
  text: `update workflow_executions set status = coalesce($1, status), finished_at = coalesce($2, finished_at),
    duration_ms = coalesce($3, duration_ms), error = coalesce($4, error), marks = coalesce($5, marks) where id = $6`,
};
const INSERT_LOG = {
  name: 'insert-log',
  text: 'insert into execution_logs (execution_id, batch, runs, outputs) values ($1, $2, $3, $4)',
};
// Sent with every execution: another instance may have deleted the document since.
const INSERT_DOCUMENT = {
  name: 'insert-document',
  text: 'insert into workflow_documents (hash, content) values ($1, $2) on conflict do nothing',
};
const INSERT_PIECE = {
  name: 'insert-piece',
  text: 'insert into run_data (hash, content) values ($1, $2) on conflict do nothing',
};
const INSERT_REFERENCE = {
  name: 'insert-reference',
  text: 'insert into run_data_references (execution_id, hash) values ($1, $2) on conflict do nothing',
};

const DELETE_WAIT = { name: 'delete-wait', text: 'delete from waits where execution_id = $1' };
const DELETE_TOKENS = { name: 'delete-tokens', text: 'delete from resume_tokens where execution_id = $1' };
const INSERT_WAIT = {
  name: 'insert-wait',
  text: 'insert into waits (execution_id, due_at, snapshot) values ($1, $2, $3)',
};
const INSERT_TOKEN = {
  name: 'insert-token',
  text: 'insert into resume_tokens (hash, execution_id) values ($1, $2)',
};

const DECIDE = {
  name: 'decide',
  text: `update pending set decision = $1, decided_at = $2
    where execution_id = $3 and node_id = $4 and run_index = $5`,
};
const DELETE_PENDING = {
  name: 'delete-pending',
  text: 'delete from pending where execution_id = $1 and decided_at is null',
};
const INSERT_PENDING = {
  name: 'insert-pending',
  text: `insert into pending (execution_id, node_id, run_index, kind, workflow_id, workflow_name, node_name, about,
    token_hash, since, due_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};
const INSERT_CALLBACK = {
  name: 'insert-callback',
  text: `insert into callbacks (id, execution_id, url, credential_id, status, attempts, created_at, next_at, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

const KEEP = {
  name: 'keep-data',
  text: `insert into kept_data (workflow_id, key, value) values ($1, $2, $3)
    on conflict (workflow_id, key) do update set value = excluded.value`,
};

/** Kept apart from deletions, which take it exclusively: see `DELETION_LOCK`. */
export const DELETION_LOCK = 7_368_203;

/** Commits all writes in one transaction or throws and stores none. */
export async function applyWrites(client: PoolClient, writes: readonly PreparedWrite[]): Promise<void> {
  await client.query('begin');
  try {
    // A document or piece that is there already must not be deleted before what refers to it is committed.
    await client.query(`select pg_advisory_xact_lock_shared(${DELETION_LOCK})`);
    for (const write of writes) await applyOne(client, write);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function applyOne(
  client: PoolClient,
  {
    executionId,
    execution,
    document,
    logs,
    change,
    wait,
    kept,
    pending,
    decided,
    callback,
    piece,
  }: PreparedWrite,
): Promise<void> {
  if (document) await client.query({ ...INSERT_DOCUMENT, values: [document.hash, document.content] });
  if (execution) {
    const values = [
      execution.id,
      execution.workflow_id,
      execution.workflow_name,
      execution.version,
      execution.document_hash,
      execution.status,
      execution.mode,
      execution.boot_id,
      execution.parent_execution_id,
      execution.started_at,
      execution.finished_at,
      execution.duration_ms,
      execution.error,
      execution.marks,
    ];
    await client.query({ ...INSERT_EXECUTION, values });
  }
  for (const log of logs) {
    await client.query({ ...INSERT_LOG, values: [log.execution_id, log.batch, log.runs, log.outputs] });
  }
  if (change) {
    const values = [
      change.status,
      change.finished_at,
      change.duration_ms,
      change.error,
      change.marks,
      executionId,
    ];
    const { rowCount } = await client.query({ ...CHANGE_EXECUTION, values });
    if (rowCount === 0) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
  }
  if (wait !== undefined) {
    await client.query({ ...DELETE_WAIT, values: [executionId] });
    await client.query({ ...DELETE_TOKENS, values: [executionId] });
  }
  if (wait) {
    await client.query({ ...INSERT_WAIT, values: [executionId, wait.row.due_at, wait.row.snapshot] });
    for (const hash of wait.tokenHashes) await client.query({ ...INSERT_TOKEN, values: [hash, executionId] });
  }
  for (const { decision, decided_at, node_id, run_index } of decided)
    await client.query({ ...DECIDE, values: [decision, decided_at, executionId, node_id, run_index] });
  if (pending) await client.query({ ...DELETE_PENDING, values: [executionId] });
  for (const row of pending ?? []) {
    const values = [
      row.execution_id,
      row.node_id,
      row.run_index,
      row.kind,
      row.workflow_id,
      row.workflow_name,
      row.node_name,
      row.about,
      row.token_hash,
      row.since,
      row.due_at,
    ];
    await client.query({ ...INSERT_PENDING, values });
  }
  if (callback) {
    const values = [
      callback.id,
      callback.execution_id,
      callback.url,
      callback.credential_id,
      callback.status,
      callback.attempts,
      callback.created_at,
      callback.next_at,
      callback.body,
    ];
    await client.query({ ...INSERT_CALLBACK, values });
  }
  for (const { workflow_id, key, value } of kept)
    await client.query({ ...KEEP, values: [workflow_id, key, value] });
  if (piece) {
    await client.query({ ...INSERT_PIECE, values: [piece.hash, Buffer.from(piece.content)] });
    await client.query({ ...INSERT_REFERENCE, values: [executionId, piece.hash] });
  }
}
