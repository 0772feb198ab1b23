import mysql, { type Pool, type PoolConnection } from 'mysql2';
import { isEngineError, type Connector } from '../../node-kit/index.ts';
import type { Settings } from '../connector-user.ts';
import { databaseBehind, databaseUser, type Lender, type SqlDatabase } from '../sql/index.ts';
import { clientOptions } from './client-options.ts';
import { mysqlDialect } from './dialect.ts';
import { isServerError, mysqlFailure } from './failure.ts';
import { MysqlClient } from './sql-client.ts';

const IDLE_MS = 30_000;
const DEFAULT_POOL = 10;
/** Stop must not wait for a server that does not answer. */
const CANCEL_MS = 3_000;

const connector: Connector<Settings, Pool> = {
  kind: 'mysql',
  async open(settings) {
    const pool = mysql.createPool({
      ...clientOptions(settings),
      connectionLimit: Number(settings['poolSize']) || DEFAULT_POOL,
      idleTimeout: IDLE_MS,
      maxIdle: 1,
    });
    // Sent before anything else on the connection. Summer time would make an hour of each year ambiguous.
    pool.on('connection', (connection) => connection.query("set time_zone = '+00:00'"));
    try {
      (await take(pool)).release();
      return pool;
    } catch (error) {
      await end(pool);
      throw mysqlFailure(error, settings);
    }
  },
  close: end,
};

function take(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) =>
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
  );
}

function end(pool: Pool): Promise<void> {
  return new Promise((resolve) => pool.end(() => resolve()));
}

function databaseOf(pool: Pool, settings: Settings): SqlDatabase {
  const lender: Lender<MysqlClient> = {
    take: async () => new MysqlClient(await take(pool)),
    give: ({ connection, isMidway }, isBroken) =>
      isBroken || isMidway ? connection.destroy() : connection.release(),
    cancel: ({ connection }) => cancelQuery(connection, settings),
    onLost({ connection }, lost) {
      connection.on('error', lost);
      return () => connection.off('error', lost);
    },
    isHarmless: (error) => isServerError(error) || isEngineError(error),
  };
  return databaseBehind({
    dialect: mysqlDialect,
    lender,
    clientOf: (client) => client,
    failureOf: (error) => mysqlFailure(error, settings),
  });
}

/** Over a connection of its own: those of the pool may all be busy with what is to end. */
function cancelQuery({ threadId }: PoolConnection, settings: Settings): Promise<void> {
  const other = mysql.createConnection({ ...clientOptions(settings), connectTimeout: CANCEL_MS });
  return new Promise((resolve, reject) => {
    other.on('error', reject);
    other.query(`kill query ${threadId}`, (error) => {
      other.destroy();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Works with the database of a credential, over connections that its users share. */
export const useMysql = databaseUser(connector, databaseOf);
