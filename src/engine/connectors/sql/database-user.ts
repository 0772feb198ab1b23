import type { Connector } from '../../node-kit/index.ts';
import type { Settings, UseConnection } from '../connector-user.ts';
import { lend, type Lender } from './lend.ts';
import type { SqlClient, SqlDatabase, SqlDialect } from './sql-database.ts';

/** How nodes use the databases that a connector opens pools for. */
export function databaseUser<P>(
  connector: Connector<Settings, P>,
  databaseOf: (pool: P, settings: Settings) => SqlDatabase,
): UseConnection<SqlDatabase> {
  return (connections, settings, work, signal) =>
    connections.use(connector, settings, (pool) => work(databaseOf(pool, settings)), signal);
}

/** The database behind a pool; `failureOf` makes a NodeError of what the driver throws. */
export function databaseBehind<C>(pool: {
  dialect: SqlDialect;
  lender: Lender<C>;
  clientOf: (connection: C) => SqlClient;
  failureOf: (error: unknown) => Error;
}): SqlDatabase {
  return {
    dialect: pool.dialect,
    async use(signal, work) {
      try {
        return await lend(pool.lender, signal, (connection) => work(pool.clientOf(connection)));
      } catch (error) {
        signal.throwIfAborted();
        throw pool.failureOf(error);
      }
    },
  };
}
