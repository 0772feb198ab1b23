import type { Database } from '../database.ts';
import type { ScheduleStore } from '../types.ts';

export function createScheduleRepository(database: Database): ScheduleStore {
  return {
    async lastSlots(workflowId) {
      const rows = await database.read
        .selectFrom('scheduled_tasks')
        .select(['node_id', 'last_slot'])
        .where('workflow_id', '=', workflowId)
        .execute();
      return new Map(rows.map(({ node_id, last_slot }) => [node_id, last_slot]));
    },
    begin: (workflowId, nodeIds, at) =>
      database.atomically(async (db) => {
        await db.deleteFrom('scheduled_tasks').where('workflow_id', '=', workflowId).execute();
        if (nodeIds.length === 0) return;
        await db
          .insertInto('scheduled_tasks')
          .values(nodeIds.map((node_id) => ({ workflow_id: workflowId, node_id, last_slot: at })))
          .execute();
      }),
  };
}
