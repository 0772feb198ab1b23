import type { Database } from '../database.ts';
import type { StartKeyStore } from '../types.ts';

/** Removed at a time, so that nothing else waits for long. */
const BATCH = 5000;

export function createStartKeyRepository(database: Database): StartKeyStore {
  return {
    async find(key, now) {
      const row = await database.read
        .selectFrom('start_keys')
        .select('execution_id')
        .where('key', '=', key)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row?.execution_id ?? null;
    },
    async holders(prefix, now) {
      const rows = await database.read
        .selectFrom('start_keys')
        .select('execution_id')
        // Not LIKE: only a comparison of bytes finds its way through the key's index in both databases.
        .where('key', '>=', prefix)
        .where('key', '<', `${prefix}\u{10ffff}`)
        .where('expires_at', '>', now)
        .execute();
      return rows.map(({ execution_id }) => execution_id);
    },
    async prune(now) {
      for (let removed = BATCH; removed === BATCH;) {
        removed = await database.atomically(async (db) => {
          const expired = db
            .selectFrom('start_keys')
            .select('key')
            .where('expires_at', '<=', now)
            .limit(BATCH);
          const result = await db.deleteFrom('start_keys').where('key', 'in', expired).executeTakeFirst();
          return Number(result.numDeletedRows);
        });
      }
    },
  };
}
