import type { Database } from '../database.ts';
import type { SettingStore } from '../types.ts';

export function createSettingRepository(database: Database): SettingStore {
  async function get(key: string): Promise<unknown> {
    const row = await database.read
      .selectFrom('settings')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row ? (JSON.parse(row.value) as unknown) : undefined;
  }

  return {
    get,

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

    async ensure(key, value) {
      const known = await get(key);
      // Most starts find it; who comes first writes it.
      if (known !== undefined) return known;
      await database.atomically((db) =>
        db
          .insertInto('settings')
          .values({ key, value: JSON.stringify(value ?? null) })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute(),
      );
      return get(key);
    },

    async remove(key) {
      await database.atomically((db) => db.deleteFrom('settings').where('key', '=', key).execute());
    },
  };
}
