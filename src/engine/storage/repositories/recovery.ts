import { sql } from 'kysely';
import { ExecutionStatus } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { ExecutionStore } from '../types.ts';
import { endOrphans } from './end-orphans.ts';

/** Owner of what a process left behind in good order: taking it over is no crash. */
const NOBODY = '';

/** What takes executions up again after the process that ran them is gone. */
export function createRecoveryQueries(
  database: Database,
): Pick<
  ExecutionStore,
  'takeOver' | 'endOrphans' | 'unfinished' | 'checkpoint' | 'units' | 'children' | 'claim' | 'release'
> {
  return {
    takeOver: (bootId) =>
      database.atomically(async (db) => {
        await db
          .updateTable('workflow_executions')
          .set((eb) => ({ crashes: eb('crashes', '+', 1) }))
          .where('finished_at', 'is', null)
          .where('status', '=', 'running')
          .where('boot_id', 'not in', [bootId, NOBODY])
          // What only waited for an execution that it began had no part in it.
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('workflow_executions as child')
                  .select('child.id')
                  .whereRef('child.parent_execution_id', '=', 'workflow_executions.id')
                  .where('child.finished_at', 'is', null),
              ),
            ),
          )
          .execute();
        const rows = await db
          .selectFrom('workflow_executions as execution')
          .leftJoin('checkpoints as checkpoint', 'checkpoint.execution_id', 'execution.id')
          .select(['execution.id', 'execution.status', 'execution.crashes'])
          .select('checkpoint.execution_id as checkpointed')
          .where('execution.finished_at', 'is', null)
          .where('execution.boot_id', '!=', bootId)
          .orderBy('execution.id')
          .execute();
        await db
          .updateTable('workflow_executions')
          .set((eb) => ({
            boot_id: eb.case().when('status', '=', 'running').then(NOBODY).else(bootId).end(),
          }))
          .where('finished_at', 'is', null)
          .where('boot_id', '!=', bootId)
          .execute();
        return rows.map(({ id, status, crashes, checkpointed }) => ({
          id,
          status: ExecutionStatus.parse(status),
          crashes,
          hasCheckpoint: checkpointed !== null,
        }));
      }),

    async release(ids) {
      if (ids.length === 0) return;
      await database.atomically((db) =>
        db
          .updateTable('workflow_executions')
          .set({ boot_id: NOBODY })
          .where('id', 'in', ids)
          .where('finished_at', 'is', null)
          .execute(),
      );
    },

    async claim(id, bootId) {
      await database.atomically((db) =>
        db.updateTable('workflow_executions').set({ boot_id: bootId }).where('id', '=', id).execute(),
      );
    },

    endOrphans: (ids, error, now) => endOrphans(database, ids, error, now),

    async unfinished(bootId) {
      const rows = await database.read
        .selectFrom('workflow_executions')
        .select('id')
        .where('finished_at', 'is', null)
        .where('boot_id', '=', bootId)
        .where('status', '=', sql.lit('running'))
        .execute();
      return rows.map(({ id }) => id);
    },

    async checkpoint(executionId) {
      const row = await database.read
        .selectFrom('checkpoints')
        .select('snapshot')
        .where('execution_id', '=', executionId)
        .executeTakeFirst();
      return row?.snapshot ?? null;
    },

    async units(executionId) {
      const rows = await database.read
        .selectFrom('effect_units')
        .select(['node_id', 'run_index', 'unit', 'result'])
        .where('execution_id', '=', executionId)
        .orderBy('unit')
        .execute();
      return rows.map(({ node_id, run_index, unit, result }) => ({
        nodeId: node_id,
        runIndex: run_index,
        unit,
        result,
      }));
    },

    async children(executionId) {
      const rows = await database.read
        .selectFrom('workflow_executions')
        .select(['id', 'parent_call', 'status'])
        .where('parent_execution_id', '=', executionId)
        .orderBy('id')
        .execute();
      return rows.map(({ id, parent_call, status }) => ({
        id,
        call: parent_call,
        status: ExecutionStatus.parse(status),
      }));
    },
  };
}
