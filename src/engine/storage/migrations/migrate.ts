import { sql, type Kysely } from 'kysely';
import { EngineError } from '../../kernel/index.ts';
import type { Tables } from '../tables.ts';
import { initial } from './0001-initial.ts';
import { keptData } from './0002-kept-data.ts';
import { waits } from './0003-waits.ts';
import { callbacks } from './0008-callbacks.ts';
import type { Dialect, Migration } from './migration.ts';

/** In order. A list, not a folder scan: the engine ships as one bundle. */
const MIGRATIONS: readonly Migration[] = [initial, keptData, waits, callbacks];

/** The newest schema this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.number ?? 0;

/** Throws DATABASE_TOO_NEW for a schema that a newer program wrote. */
export function refuseNewer(version: number): void {
  if (version > SCHEMA_VERSION) {
    throw new EngineError('DATABASE_TOO_NEW', { version, supported: SCHEMA_VERSION });
  }
}

/**
 * Brings the schema up to date. The caller holds a transaction that keeps other processes out, so that either all
 * missing steps are applied or none.
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await sql`create table if not exists schema_migrations (number integer primary key, name text not null, applied_at bigint not null)`.execute(
    db,
  );
  const { version } = await db
    .selectFrom('schema_migrations')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql<number>`0`).as('version'))
    .executeTakeFirstOrThrow();
  refuseNewer(version);
  for (const migration of MIGRATIONS.filter(({ number }) => number > version)) {
    await migration.up(db as Kysely<unknown>, dialect);
    await db
      .insertInto('schema_migrations')
      .values({ number: migration.number, name: migration.name, applied_at: Date.now() })
      .execute();
  }
}
