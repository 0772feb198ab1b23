import pg from 'pg';
import { isEngineError, type Connections, type Connector } from '../../node-kit/index.ts';
import { clientOptions } from './client-options.ts';
import { postgresFailure } from './failure.ts';

type Settings = Readonly<Record<string, string>>;

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

/** The database of a credential. */
export class PostgresDatabase {
  readonly #pool: pg.Pool;
  readonly #settings: Settings;

  constructor(pool: pg.Pool, settings: Settings) {
    this.#pool = pool;
    this.#settings = settings;
  }

  /**
   * Lends a connection of the pool. What still runs when `signal` is aborted is cancelled on the server. Failures of the
   * database are thrown as NodeErrors.
   */
  async use<R>(signal: AbortSignal, work: (client: pg.PoolClient) => Promise<R>): Promise<R> {
    try {
      return await this.#lend(signal, work);
    } catch (error) {
      signal.throwIfAborted();
      throw postgresFailure(error, this.#settings);
    }
  }

  async #lend<R>(signal: AbortSignal, work: (client: pg.PoolClient) => Promise<R>): Promise<R> {
    signal.throwIfAborted();
    const client = await this.#pool.connect();
    const { processID: processId } = client as pg.PoolClient & { processID?: number };
    const cancel = () =>
      void this.#pool.query('select pg_cancel_backend($1)', [processId]).catch(() => undefined);
    signal.addEventListener('abort', cancel, { once: true });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    // A cursor that waits for rows does not hear of it, and an error that nobody listens for would end the process.
    client.on('error', lost.reject);
    let isBroken = false;
    try {
      return await Promise.race([work(client), lost.promise]);
    } catch (error) {
      // In the middle of something nobody knows how it stands.
      isBroken = signal.aborted || !(error instanceof pg.DatabaseError || isEngineError(error));
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
      client.off('error', lost.reject);
      client.release(isBroken);
    }
  }
}

/** Works with the database of a credential, over connections that its users share. */
export function usePostgres<R>(
  connections: Connections,
  settings: Settings,
  work: (database: PostgresDatabase) => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  return connections.use(connector, settings, (pool) => work(new PostgresDatabase(pool, settings)), signal);
}
