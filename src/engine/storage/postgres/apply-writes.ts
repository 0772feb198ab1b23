import type { PoolClient } from 'pg';
import { EngineError } from '../../kernel/index.ts';
import type { PreparedWrite } from '../run-data/prepared-write.ts';
import { callbackValues, changeValues, executionValues, pendingValues } from '../run-data/row-values.ts';

/** Named statements: Postgres plans each once per connection. */
const INSERT_EXECUTION = {
  name: 'insert-execution',
  text: `insert into workflow_executions (id, workflow_id, workflow_name, version, document_hash, status, mode, boot_id,
    parent_execution_id, parent_call, retry_of, started_at, finished_at, duration_ms, error, marks, data_bytes)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
};
const CHANGE_EXECUTION = {
  name: 'change-execution',
  text: `update workflow_executions set status = coalesce($1, status), finished_at = coalesce($2, finished_at),
    duration_ms = coalesce($3, duration_ms), error = coalesce($4, error), marks = coalesce($5, marks),
    data_bytes = data_bytes + $6 where id = $7`,
};
const FORGET_CRASHES = {
  name: 'forget-crashes',
  text: 'update workflow_executions set crashes = 0 where id = $1',
};
// Waits for another instance that is about to take the same key.
const TAKE_KEY = {
  name: 'take-start-key',
  text: `insert into start_keys (key, execution_id, created_at, expires_at) values ($1, $2, $3, $4)
    on conflict (key) do update set execution_id = excluded.execution_id, created_at = excluded.created_at,
    expires_at = excluded.expires_at where start_keys.expires_at <= excluded.created_at`,
};
const FIND_KEY = { name: 'find-start-key', text: 'select execution_id from start_keys where key = $1' };
// A clock that was ahead may have left a slot of the future behind.
const MOVE_SCHEDULE = {
  name: 'move-schedule',
  text: `update scheduled_tasks set last_slot = $1 where workflow_id = $2 and node_id = $3
    and (last_slot < $1 or last_slot > $4)`,
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
  text: 'insert into waits (execution_id, due_at) values ($1, $2)',
};
const INSERT_TOKEN = {
  name: 'insert-token',
  text: 'insert into resume_tokens (hash, execution_id) values ($1, $2)',
};

const SET_CHECKPOINT = {
  name: 'set-checkpoint',
  text: `insert into checkpoints (execution_id, snapshot) values ($1, $2)
    on conflict (execution_id) do update set snapshot = excluded.snapshot`,
};
const DELETE_CHECKPOINT = {
  name: 'delete-checkpoint',
  text: 'delete from checkpoints where execution_id = $1',
};
const SET_UNIT = {
  name: 'set-unit',
  text: `insert into effect_units (execution_id, node_id, run_index, unit, result) values ($1, $2, $3, $4, $5)
    on conflict (execution_id, node_id, run_index, unit) do update set result = excluded.result`,
};
const CLOSE_UNITS = {
  name: 'close-units',
  text: 'delete from effect_units where execution_id = $1 and node_id = $2 and run_index = $3',
};

const DELETE_MARKS = { name: 'delete-marks', text: 'delete from execution_marks where execution_id = $1' };
const INSERT_MARK = {
  name: 'insert-mark',
  text: 'insert into execution_marks (execution_id, key, value) values ($1, $2, $3)',
};
const INSERT_BLOB = {
  name: 'insert-blob',
  text: 'insert into blob_references (execution_id, blob_id, size) values ($1, $2, $3) on conflict do nothing',
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
    startKeys,
    slot,
    document,
    logs,
    change,
    wait,
    hasProgressed,
    checkpoint,
    units,
    closedUnits,
    kept,
    marks,
    blobs,
    pending,
    decided,
    callback,
    piece,
  }: PreparedWrite,
): Promise<void> {
  for (const { key, created_at, expires_at } of startKeys ?? []) {
    const { rowCount } = await client.query({
      ...TAKE_KEY,
      values: [key, executionId, created_at, expires_at],
    });
    if (rowCount === 0) {
      const { rows } = await client.query<{ execution_id: string }>({ ...FIND_KEY, values: [key] });
      throw new EngineError('EXECUTION_STARTED_ALREADY', { id: rows[0]?.execution_id, key });
    }
  }
  if (slot && execution) {
    const values = [slot.last_slot, slot.workflow_id, slot.node_id, execution.started_at];
    await client.query({ ...MOVE_SCHEDULE, values });
  }
  if (document) await client.query({ ...INSERT_DOCUMENT, values: [document.hash, document.content] });
  if (execution) await client.query({ ...INSERT_EXECUTION, values: executionValues(execution) });
  for (const log of logs) {
    await client.query({ ...INSERT_LOG, values: [log.execution_id, log.batch, log.runs, log.outputs] });
  }
  if (change) {
    const values = changeValues(change, executionId);
    const { rowCount } = await client.query({ ...CHANGE_EXECUTION, values });
    if (rowCount === 0) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
  }
  if (hasProgressed) await client.query({ ...FORGET_CRASHES, values: [executionId] });
  if (wait !== undefined) {
    await client.query({ ...DELETE_WAIT, values: [executionId] });
    await client.query({ ...DELETE_TOKENS, values: [executionId] });
  }
  if (wait) {
    await client.query({ ...INSERT_WAIT, values: [executionId, wait.row.due_at] });
    for (const hash of wait.tokenHashes) await client.query({ ...INSERT_TOKEN, values: [hash, executionId] });
  }
  for (const { decision, decided_at, node_id, run_index } of decided)
    await client.query({ ...DECIDE, values: [decision, decided_at, executionId, node_id, run_index] });
  if (pending) await client.query({ ...DELETE_PENDING, values: [executionId] });
  for (const row of pending ?? []) await client.query({ ...INSERT_PENDING, values: pendingValues(row) });
  if (callback) await client.query({ ...INSERT_CALLBACK, values: callbackValues(callback) });
  for (const { nodeId, runIndex, unit, result } of units)
    await client.query({ ...SET_UNIT, values: [executionId, nodeId, runIndex, unit, result] });
  for (const { nodeId, runIndex } of closedUnits)
    await client.query({ ...CLOSE_UNITS, values: [executionId, nodeId, runIndex] });
  if (checkpoint === null) await client.query({ ...DELETE_CHECKPOINT, values: [executionId] });
  else if (checkpoint !== undefined)
    await client.query({ ...SET_CHECKPOINT, values: [executionId, checkpoint] });
  for (const { workflow_id, key, value } of kept)
    await client.query({ ...KEEP, values: [workflow_id, key, value] });
  if (marks) {
    await client.query({ ...DELETE_MARKS, values: [executionId] });
    for (const { key, value } of marks)
      await client.query({ ...INSERT_MARK, values: [executionId, key, value] });
  }
  for (const { blob_id, size } of blobs ?? [])
    await client.query({ ...INSERT_BLOB, values: [executionId, blob_id, size] });
  if (piece) {
    await client.query({ ...INSERT_PIECE, values: [piece.hash, Buffer.from(piece.content)] });
    await client.query({ ...INSERT_REFERENCE, values: [executionId, piece.hash] });
  }
}
