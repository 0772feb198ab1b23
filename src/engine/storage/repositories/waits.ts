import type { Database } from '../database.ts';
import type { ExecutionStore } from '../types.ts';

/** Reading what waits; it is written as part of executions. */
export function createWaitQueries(
  database: Database,
): Pick<ExecutionStore, 'dueWaits' | 'nextDue' | 'findWaiting'> {
  return {
    async dueWaits({ until, after, limit }) {
      const rows = await database.read
        .selectFrom('waits')
        .select(['execution_id', 'due_at'])
        .where('due_at', '<=', until)
        .$if(after !== undefined, (select) =>
          select.where(({ eb, or, and }) =>
            or([
              eb('due_at', '>', after?.dueAt ?? 0),
              and([eb('due_at', '=', after?.dueAt ?? 0), eb('execution_id', '>', after?.executionId ?? '')]),
            ]),
          ),
        )
        .orderBy('due_at')
        .orderBy('execution_id')
        .limit(limit)
        .execute();
      return rows.map(({ execution_id, due_at }) => ({ executionId: execution_id, dueAt: due_at ?? 0 }));
    },
    async nextDue(after) {
      const row = await database.read
        .selectFrom('waits')
        .select(({ fn }) => fn.min('due_at').as('due_at'))
        .where('due_at', '>', after)
        .executeTakeFirst();
      return row?.due_at ?? null;
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
