import type { Database } from '../database.ts';
import type { ExecutionStore } from '../types.ts';

/** Reading what waits; it is written as part of executions. */
export function createWaitQueries(database: Database): Pick<ExecutionStore, 'waiting' | 'findWaiting'> {
  return {
    async waiting() {
      const rows = await database.read.selectFrom('waits').select(['execution_id', 'due_at']).execute();
      return rows.map(({ execution_id, due_at }) => ({ executionId: execution_id, dueAt: due_at }));
    },
    async findWaiting(tokenHash) {
      const row = await database.read
        .selectFrom('resume_tokens')
        .select('execution_id')
        .where('hash', '=', tokenHash)
        .executeTakeFirst();
      return row?.execution_id ?? null;
    },
  };
}
