import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** The part of the driver's and the server's errors that is told. */
interface DriverError {
  code?: string;
  /** Only of what the server says. */
  number?: number;
  /** How grave it is; from 20 on the server ends the connection. */
  class?: number;
  /** Added by nodes that know whose it is. */
  itemIndex?: number;
}

const FATAL = 20;

/** Whether the server itself said so; the connection is as good as before then. */
export function isServerError(error: unknown): boolean {
  const { number, class: gravity = 0 } = firstOf(error) as DriverError;
  return number !== undefined && gravity < FATAL;
}

/** Of several that one statement had, the first is the cause of the others. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? (error.errors as unknown[])[0] : error;
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function mssqlFailure(error: unknown, { host = '', port }: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'SQL Server', host, port: Number(port) || 1433 };
  const at = `${server.host}:${server.port}`;
  const connection = connectionFailure(error, server);
  if (connection) return connection;
  const first = firstOf(error);
  const { code = '', number, class: gravity = 0 } = first as DriverError;
  const { itemIndex } = error as DriverError;
  const reason = messageOf(first);
  if (code === 'ELOGIN') return new NodeError('LOGIN_REFUSED', { ...server, at, reason }, { cause: error });
  if (code === 'ETIMEOUT') return new NodeError('CONNECTION_TIMEOUT', { ...server, at }, { cause: error });
  if (code === 'EENCRYPT')
    return new NodeError(
      'TLS_FAILED',
      {
        ...server,
        at,
        reason: /requires/.test(reason) ? 'the server insists on it' : 'the server does not support it',
      },
      { cause: error },
    );
  if (gravity >= FATAL || ['ECLOSE', 'ESOCKET', 'EINVALIDSTATE'].includes(code))
    return new NodeError('CONNECTION_LOST', { ...server, at }, { cause: error });
  return new NodeError(
    'SERVICE_REFUSED',
    {
      service: 'SQL Server',
      reason,
      ...(number !== undefined && { number }),
      ...(itemIndex !== undefined && { itemIndex }),
    },
    { cause: error },
  );
}
