import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import {
  ExecutionError,
  ExecutionMarks,
  ExecutionMode,
  ExecutionStatus,
  type ExecutionSummary,
} from '../../../contract/index.ts';
import type { Tables, WorkflowExecutionsTable } from '../tables.ts';
import type { ExecutionFilter } from '../types.ts';

/** What a list of executions is narrowed to. */
export function conditions(eb: ExpressionBuilder<Tables, 'workflow_executions'>, query: ExecutionFilter) {
  return [
    ...(query.workflowId === undefined ? [] : [eb('workflow_id', '=', query.workflowId)]),
    ...(query.status === undefined ? [] : [hasStatus(eb, query.status)]),
    ...(query.mode === undefined ? [] : [eb('mode', 'in', query.mode)]),
    ...(query.mark === undefined ? [] : [eb('id', 'in', marked(eb, query.mark))]),
    ...(query.startedAfter === undefined ? [] : [eb('started_at', '>=', query.startedAfter)]),
    ...(query.startedBefore === undefined ? [] : [eb('started_at', '<=', query.startedBefore)]),
  ];
}

function hasStatus(
  eb: ExpressionBuilder<Tables, 'workflow_executions'>,
  [first, ...others]: readonly ExecutionStatus[],
) {
  if (first === undefined) return sql<boolean>`1 = 0`;
  // Written into the statement, not bound: only so do the partial indexes apply.
  if (others.length === 0) return eb('status', '=', sql.lit(first));
  return eb('status', 'in', [first, ...others]);
}

function marked(
  eb: ExpressionBuilder<Tables, 'workflow_executions'>,
  { key, value }: NonNullable<ExecutionFilter['mark']>,
) {
  const found = eb.selectFrom('execution_marks').select('execution_id').where('key', '=', key);
  if (value === undefined) return found;
  // The index holds the beginning of the value.
  return found.where(sql`substr(value, 1, 200)`, '=', value.slice(0, 200)).where('value', '=', value);
}

export function toSummary(row: Selectable<WorkflowExecutionsTable>): ExecutionSummary {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    version: row.version,
    status: ExecutionStatus.parse(row.status),
    mode: ExecutionMode.parse(row.mode),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    error: row.error === null ? null : ExecutionError.parse(JSON.parse(row.error)),
    ...(row.retry_of !== null && { retryOf: row.retry_of }),
    ...(row.marks !== null && { marks: ExecutionMarks.parse(JSON.parse(row.marks)) }),
  };
}
