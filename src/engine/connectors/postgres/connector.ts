import pg from 'pg';
import { isEngineError, type Connector } from '../../node-kit/index.ts';
import type { Settings } from '../connector-user.ts';
import { databaseBehind, databaseUser, type Lender, type SqlDatabase } from '../sql/index.ts';
import { clientOptions } from './client-options.ts';
import { postgresDialect } from './dialect.ts';
import { postgresFailure } from './failure.ts';
import { sqlClient } from './sql-client.ts';

const IDLE_MS = 30_000;
const DEFAULT_POOL = 10;

const connector: Connector<Settings, pg.Pool> = {
  kind: 'postgres',
  async open(settings) {
    const pool = new pg.Pool({
      ...clientOptions(settings),
      max: Number(settings['poolSize']) || DEFAULT_POOL,
      idleTimeoutMillis: IDLE_MS,
    });
    // An idle connection that the server closes is replaced by the next query; without a listener it would end the process.
    pool.on('error', () => undefined);
    try {
      (await pool.connect()).release();
      return pool;
    } catch (error) {
      await pool.end();
      throw postgresFailure(error, settings);
    }
  },
  close: (pool) => pool.end(),
};

function databaseOf(pool: pg.Pool, settings: Settings): SqlDatabase {
  const lender: Lender<pg.PoolClient> = {
    take: () => pool.connect(),
    give: (client, isBroken) => client.release(isBroken),
    cancel: (client) => cancelQuery(client, settings),
    onLost(client, lost) {
      client.on('error', lost);
      return () => client.off('error', lost);
    },
    isHarmless: (error) => error instanceof pg.DatabaseError || isEngineError(error),
  };
  return databaseBehind({
    dialect: postgresDialect,
    lender,
    clientOf: sqlClient,
    failureOf: (error) => postgresFailure(error, settings),
  });
}

/** Over a connection of its own: those of the pool may all be busy with what is to end. */
async function cancelQuery(client: pg.PoolClient, settings: Settings): Promise<void> {
  const { processID: processId } = client as pg.PoolClient & { processID?: number };
  const other = new pg.Client(clientOptions(settings));
  other.on('error', () => undefined);
  try {
    await other.connect();
    await other.query('select pg_cancel_backend($1)', [processId]);
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** Works with the database of a credential, over connections that its users share. */
export const usePostgres = databaseUser(connector, databaseOf);
