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
  };
}
