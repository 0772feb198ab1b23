import { sql, type Kysely } from 'kysely';
import { EngineError } from '../../kernel/index.ts';
import type { Tables } from '../tables.ts';
import { initial } from './0001-initial.ts';
import { keptData } from './0002-kept-data.ts';
import { waits } from './0003-waits.ts';
import { checkpoints } from './0004-checkpoints.ts';
import { startKeys } from './0005-start-keys.ts';
import { versionNotes } from './0006-version-notes.ts';
import { retention } from './0007-retention.ts';
import { callbacks } from './0008-callbacks.ts';
import { dataTables } from './0009-data-tables.ts';
import type { Dialect, Migration } from './migration.ts';

/** In order of their numbers. A list, not a folder scan: the engine ships as one bundle. */
const MIGRATIONS: readonly Migration[] = [
  initial,
  keptData,
  waits,
  checkpoints,
  startKeys,
  versionNotes,
  retention,
  callbacks,
  dataTables,
];

/** The newest schema this program knows. */
export const SCHEMA_VERSION = Math.max(...MIGRATIONS.map(({ number }) => number));

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
  const rows = await db.selectFrom('schema_migrations').select('number').execute();
  const applied = new Set(rows.map(({ number }) => number));
  refuseNewer(Math.max(0, ...applied));
  // By number, not by count: steps are written side by side and may arrive out of order.
  for (const migration of MIGRATIONS.filter(({ number }) => !applied.has(number))) {
    await migration.up(db as Kysely<unknown>, dialect);
    await db
      .insertInto('schema_migrations')
      .values({ number: migration.number, name: migration.name, applied_at: Date.now() })
      .execute();
  }
}
