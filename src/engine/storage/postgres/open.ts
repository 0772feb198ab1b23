import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { EngineError, messageOf } from '../../kernel/index.ts';
import { EXECUTION_ROW_BYTES, type Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Tables } from '../tables.ts';
import { applyWrites, DELETION_LOCK } from './apply-writes.ts';

const MIGRATION_LOCK = 7_368_202;
const CONNECT_TIMEOUT_MS = 5000;
const POOL_SIZE = 10;

/** Throws DATABASE_UNREACHABLE when the server does not answer, DATABASE_TOO_NEW when a newer program wrote the schema. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => undefined);
  await connect(pool);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await kysely.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db);
      await migrate(db, 'postgres');
    });
  } catch (error) {
    await kysely.destroy();
    throw error;
  }

  return {
    dialect: 'postgres',
    read: kysely,
    atomically: (work) =>
      kysely.transaction().execute(async (db) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(DELETION_LOCK)})`.execute(db);
        return work(db);
      }),
    async apply(writes) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await applyWrites(client, writes);
      } catch (error) {
        // A connection that is lost in the middle must not go back to the pool.
        if (!(error instanceof pg.DatabaseError) && error instanceof Error && !('facts' in error))
          broken = error;
        throw error;
      } finally {
        client.release(broken);
      }
    },
    // Every write brings its document along, so there is nothing to forget.
    forgetDocuments: () => undefined,
    // Autovacuum does it.
    reclaim: () => Promise.resolve(),
    smallSteps: () => undefined,
    // Not the files: they shrink long after rows are deleted, and a limit must be met by deleting no more than needed.
    async size() {
      const { rows } = await sql<{ used: number }>`
        select (select coalesce(sum(data_bytes), 0) + count(*) * ${sql.lit(EXECUTION_ROW_BYTES)} from workflow_executions)::bigint
          + (select coalesce(sum(octet_length(content)), 0) from workflow_documents)::bigint as used`.execute(
        kysely,
      );
      return { used: Number(rows[0]?.used ?? 0), free: 0, log: 0 };
    },
    copyTo: () => Promise.resolve(false),
    close: () => kysely.destroy(),
  };
}

async function connect(pool: pg.Pool): Promise<void> {
  try {
    const client = await pool.connect();
    client.release();
  } catch (cause) {
    await pool.end();
    throw new EngineError('DATABASE_UNREACHABLE', { reason: reasonOf(cause) }, { cause });
  }
}

/** A refused connection comes as an AggregateError without a message of its own. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return messageOf(cause);
}

/** Times and counts are 64 bits wide, which pg hands over as text unless told otherwise; ours fit a number. */
const getTypeParser = ((type: number, format?: 'text' | 'binary') =>
  type === pg.types.builtins.INT8
    ? Number
    : pg.types.getTypeParser(type, format as 'text')) as typeof pg.types.getTypeParser;
