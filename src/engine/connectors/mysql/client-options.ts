import { isIP } from 'node:net';
import type { ConnectionOptions } from 'mysql2';
import { castValue } from './values.ts';

const CONNECT_MS = 15_000;
/** Kept by the server per connection, out of some thousands for everybody. */
const PREPARED = 100;

/** What the driver needs to connect, from the fields of a credential. */
export function clientOptions(settings: Readonly<Record<string, string>>): ConnectionOptions {
  const { host = '', port, database = '', user = '', password, tls, authorities } = settings;
  return {
    host,
    port: Number(port) || 3306,
    database,
    user,
    ...(password && { password }),
    ...(tls === 'verify' && {
      ssl: {
        rejectUnauthorized: true,
        // The driver cannot compare addresses. An authority of one's own gives certificates to own servers only; those
        // that everybody trusts give them to anyone, so that their names have to be right.
        verifyIdentity: isIP(host) === 0 || !authorities,
        ...(authorities && { ca: authorities }),
      },
    }),
    ...(tls === 'no-check' && { ssl: { rejectUnauthorized: false } }),
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    supportBigNumbers: true,
    dateStrings: true,
    timezone: 'Z',
    typeCast: castValue,
    multipleStatements: true,
    maxPreparedStatements: PREPARED,
    enableKeepAlive: true,
    // A server must not read files of this machine.
    flags: ['-LOCAL_FILES'],
    connectAttributes: { program_name: 'GuixuFlow' },
  };
}
