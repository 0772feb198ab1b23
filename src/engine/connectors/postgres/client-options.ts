import type { ClientConfig } from 'pg';
import { postgresTypes } from './types.ts';

const CONNECT_MS = 15_000;

/** What the driver needs to connect, from the fields of a credential. */
export function clientOptions(settings: Readonly<Record<string, string>>): ClientConfig {
  const { host = '', port, database = '', user = '', password, tls, authorities } = settings;
  return {
    host,
    port: Number(port) || 5432,
    database,
    user,
    ...(password && { password }),
    ssl:
      tls === 'verify'
        ? { rejectUnauthorized: true, ...(authorities && { ca: authorities }) }
        : tls === 'no-check' && { rejectUnauthorized: false },
    connectionTimeoutMillis: CONNECT_MS,
    types: postgresTypes,
    application_name: 'GuixuFlow',
  };
}
