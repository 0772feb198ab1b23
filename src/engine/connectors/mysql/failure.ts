import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** The part of the driver's and the server's errors that is told. */
interface DriverError {
  code?: string;
  errno?: number;
  sqlState?: string;
  /** Only of what the server says. */
  sqlMessage?: string;
  /** Added by nodes that know whose it is. */
  itemIndex?: number;
}

/** Server error numbers of a refused sign-in: account or password, database, host, a method that is not spoken. */
const REFUSED_LOGIN = new Set([1044, 1045, 1130, 1251, 1698, 3118, 3159]);
/** Ended by the server: shut down, killed, idle for too long. */
const ENDED = new Set([1053, 1927, 4031]);
const LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'EPIPE', 'ECONNRESET']);

/** Whether the server itself said so; the connection is as good as before then. */
export function isServerError(error: unknown): boolean {
  const { sqlMessage, errno = 0 } = error as DriverError;
  return sqlMessage !== undefined && !ENDED.has(errno);
}

/** Whether a row was there already. */
export function isDuplicate(error: unknown): boolean {
  return (error as DriverError).errno === 1062;
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function mysqlFailure(error: unknown, { host = '', port }: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'MySQL', host, port: Number(port) || 3306 };
  const at = `${server.host}:${server.port}`;
  const { code = '', errno = 0, sqlState, itemIndex } = error as DriverError;
  const message = messageOf(error);
  if (REFUSED_LOGIN.has(errno))
    return new NodeError('LOGIN_REFUSED', { ...server, at, reason: message }, { cause: error });
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return new NodeError(
      'TLS_FAILED',
      { ...server, at, reason: 'the server does not support it' },
      { cause: error },
    );
  if (ENDED.has(errno) || LOST.has(code) || /closed state$/.test(message))
    return new NodeError('CONNECTION_LOST', { ...server, at }, { cause: error });
  const connection = connectionFailure(error, server);
  if (connection) return connection;
  if (code === 'HANDSHAKE_SSL_ERROR')
    // The driver puts its own code in the place of OpenSSL's; after a semicolon Node gives advice on how to start it.
    return new NodeError(
      'TLS_FAILED',
      { ...server, at, reason: message.split(';')[0] ?? message },
      { cause: error },
    );
  return new NodeError(
    'SERVICE_REFUSED',
    {
      service: 'MySQL',
      reason: message,
      ...(sqlState && { sqlState }),
      ...(itemIndex !== undefined && { itemIndex }),
    },
    { cause: error },
  );
}
