import type { CallbacksTable, PendingTable } from '../tables.ts';
import type { PreparedWrite } from './prepared-write.ts';

// Values in the order in which both dialects' statements name the columns.

export function executionValues(row: NonNullable<PreparedWrite['execution']>): unknown[] {
  // Spread from shorter lists it took twice as long, once for every execution.
  return [
    row.id,
    row.workflow_id,
    row.workflow_name,
    row.version,
    row.document_hash,
    row.status,
    row.mode,
    row.boot_id,
    row.parent_execution_id,
    row.parent_call,
    row.retry_of,
    row.started_at,
    row.finished_at,
    row.duration_ms,
    row.error,
    row.marks,
    row.data_bytes,
  ];
}

export function changeValues(row: NonNullable<PreparedWrite['change']>, executionId: string): unknown[] {
  const { status, finished_at, duration_ms, error, marks, data_bytes } = row;
  return [status, finished_at, duration_ms, error, marks, data_bytes, executionId];
}

export function pendingValues(row: PendingTable): unknown[] {
  return [
    ...[row.execution_id, row.node_id, row.run_index, row.kind, row.workflow_id, row.workflow_name],
    ...[row.node_name, row.about, row.token_hash, row.since, row.due_at],
  ];
}

export function callbackValues(row: CallbacksTable): unknown[] {
  return [
    ...[row.id, row.execution_id, row.url, row.credential_id, row.status, row.attempts],
    ...[row.created_at, row.next_at, row.body],
  ];
}
