import { isEngineError, type Connector } from '../../node-kit/index.ts';
import type { Settings } from '../connector-user.ts';
import { databaseBehind, databaseUser, type Lender, type SqlDatabase } from '../sql/index.ts';
import { ConnectionPool } from './connection-pool.ts';
import { mssqlDialect } from './dialect.ts';
import { isServerError, mssqlFailure } from './failure.ts';
import { openConnection } from './open-connection.ts';
import { MssqlClient } from './sql-client.ts';

const DEFAULT_POOL = 10;

const connector: Connector<Settings, ConnectionPool> = {
  kind: 'mssql',
  async open(settings) {
    const pool = new ConnectionPool(
      () => openConnection(settings),
      Number(settings['poolSize']) || DEFAULT_POOL,
    );
    try {
      pool.give(await pool.take(), false);
      return pool;
    } catch (error) {
      throw mssqlFailure(error, settings);
    }
  },
  close: (pool) => pool.close(),
};

function databaseOf(pool: ConnectionPool, settings: Settings): SqlDatabase {
  const lender: Lender<MssqlClient> = {
    take: async () => new MssqlClient(await pool.take()),
    give: (client, isBroken) => pool.give(client.connection, isBroken || client.isMidway),
    // The protocol has a message for it, so that no second connection is needed.
    cancel({ connection }) {
      connection.cancel();
      return Promise.resolve();
    },
    onLost({ connection }, lost) {
      const end = () => lost(Object.assign(new Error('The connection was closed'), { code: 'ECLOSE' }));
      connection.on('error', lost).on('end', end);
      return () => connection.off('error', lost).off('end', end);
    },
    isHarmless: (error) => isServerError(error) || isEngineError(error),
  };
  return databaseBehind({
    dialect: mssqlDialect,
    lender,
    clientOf: (client) => client,
    failureOf: (error) => mssqlFailure(error, settings),
  });
}

/** Works with the database of a credential, over connections that its users share. */
export const useMssql = databaseUser(connector, databaseOf);
