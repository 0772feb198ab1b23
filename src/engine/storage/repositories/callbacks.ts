import type { Selectable } from 'kysely';
import { CallbackStatus, ExecutionError, type Callback } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { CallbacksTable } from '../tables.ts';
import type { CallbackInsert, CallbackStore } from '../types.ts';

const COLUMNS = [
  ...(['id', 'execution_id', 'url', 'status', 'attempts', 'created_at'] as const),
  ...(['next_at', 'last_at', 'last_error'] as const),
] as const;

export function createCallbackRepository(database: Database): CallbackStore {
  const { read } = database;
  return {
    async list(executionId) {
      const rows = await read
        .selectFrom('callbacks')
        .select(COLUMNS)
        .where('execution_id', '=', executionId)
        .orderBy('id')
        .execute();
      return rows.map(toCallback);
    },
    async due({ until, limit, except }) {
      const rows = await read
        .selectFrom('callbacks')
        .selectAll()
        .where('next_at', '<=', until)
        .$if(except.length > 0, (select) => select.where('id', 'not in', except))
        .orderBy('next_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ credential_id, body, ...row }) => ({
        id: row.id,
        executionId: row.execution_id,
        url: row.url,
        attempts: row.attempts,
        createdAt: row.created_at,
        credentialId: credential_id,
        body,
      }));
    },
    async nextDue() {
      const row = await read
        .selectFrom('callbacks')
        .select(({ fn }) => fn.min('next_at').as('next_at'))
        .executeTakeFirst();
      return row?.next_at ?? null;
    },
    async record(id, { status, at, nextAt, error }) {
      await database.atomically(async (db) => {
        await db
          .updateTable('callbacks')
          .set(({ eb }) => ({
            status,
            attempts: eb('attempts', '+', 1),
            last_at: at,
            next_at: nextAt,
            last_error: error && JSON.stringify(error),
          }))
          .where('id', '=', id)
          .execute();
        if (nextAt !== null) return;
        await db
          .deleteFrom('callbacks')
          .where('id', '=', id)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('workflow_executions')
                  .select('id')
                  .whereRef('workflow_executions.id', '=', 'callbacks.execution_id'),
              ),
            ),
          )
          .execute();
      });
    },
    async sendAgain(executionId, id, now) {
      const row = await database.atomically((db) =>
        db
          .updateTable('callbacks')
          .set({ status: 'retrying', attempts: 0, next_at: now })
          .where('id', '=', id)
          .where('execution_id', '=', executionId)
          .returning(COLUMNS)
          .executeTakeFirst(),
      );
      return row ? toCallback(row) : null;
    },
  };
}

export function toCallbackRow(executionId: string, callback: CallbackInsert): CallbacksTable {
  const { id, url, credentialId, createdAt, body } = callback;
  return {
    id,
    execution_id: executionId,
    url,
    credential_id: credentialId,
    status: 'retrying',
    attempts: 0,
    created_at: createdAt,
    next_at: createdAt,
    last_at: null,
    last_error: null,
    body,
  };
}

function toCallback(row: Pick<Selectable<CallbacksTable>, (typeof COLUMNS)[number]>): Callback {
  return {
    id: row.id,
    executionId: row.execution_id,
    url: row.url,
    status: CallbackStatus.parse(row.status),
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAt: row.next_at,
    lastAt: row.last_at,
    lastError: row.last_error === null ? null : ExecutionError.parse(JSON.parse(row.last_error)),
  };
}
