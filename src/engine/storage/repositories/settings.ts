import type { Database } from '../database.ts';
import type { SettingStore } from '../types.ts';

export function createSettingRepository(database: Database): SettingStore {
  return {
    async get(key) {
      const row = await database.read
        .selectFrom('settings')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirst();
      return row ? (JSON.parse(row.value) as unknown) : undefined;
    },

    async set(key, value) {
      const text = JSON.stringify(value ?? null);
      await database.atomically((db) =>
        db
          .insertInto('settings')
          .values({ key, value: text })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
          .execute(),
      );
    },

    ensure: (key, value) =>
      database.atomically(async (db) => {
        await db
          .insertInto('settings')
          .values({ key, value: JSON.stringify(value ?? null) })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute();
        const row = await db
          .selectFrom('settings')
          .select('value')
          .where('key', '=', key)
          .executeTakeFirstOrThrow();
        return JSON.parse(row.value) as unknown;
      }),

    async remove(key) {
      await database.atomically((db) => db.deleteFrom('settings').where('key', '=', key).execute());
    },
  };
}
