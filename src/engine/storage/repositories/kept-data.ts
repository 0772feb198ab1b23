import type { Database } from '../database.ts';
import type { KeptDataStore } from '../types.ts';

export function createKeptDataRepository(database: Database): KeptDataStore {
  return {
    async get(workflowId, key) {
      const row = await database.read
        .selectFrom('kept_data')
        .select('value')
        .where('workflow_id', '=', workflowId)
        .where('key', '=', key)
        .executeTakeFirst();
      return row ? (JSON.parse(row.value) as unknown) : undefined;
    },
    async set(workflowId, key, value) {
      const text = JSON.stringify(value);
      await database.atomically((db) =>
        db
          .insertInto('kept_data')
          .values({ workflow_id: workflowId, key, value: text })
          .onConflict((conflict) => conflict.columns(['workflow_id', 'key']).doUpdateSet({ value: text }))
          .execute(),
      );
    },
  };
}
