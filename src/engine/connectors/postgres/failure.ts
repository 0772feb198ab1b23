import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** The part of PostgreSQL's error messages that is told, by its protocol's names. */
interface ServerMessage {
  code?: string;
  detail?: string;
  hint?: string;
  /** Added by nodes that know whose it is. */
  itemIndex?: number;
  position?: string;
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function postgresFailure(
  error: unknown,
  { host = '', port }: Readonly<Record<string, string>>,
): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'PostgreSQL', host, port: Number(port) || 5432 };
  const at = `${server.host}:${server.port}`;
  const { code = '', detail, hint, itemIndex } = error as ServerMessage;
  const message = messageOf(error);
  // Class 28 of PostgreSQL's error codes (Appendix A): invalid authorization.
  if (code.startsWith('28'))
    return new NodeError('LOGIN_REFUSED', { ...server, at, reason: message }, { cause: error });
  if (/does not support SSL/i.test(message))
    return new NodeError(
      'TLS_FAILED',
      { ...server, at, reason: 'the server does not support it' },
      { cause: error },
    );
  if (/^timeout exceeded when trying to connect$/i.test(message) || code === 'ETIMEDOUT')
    return new NodeError('CONNECTION_TIMEOUT', { ...server, at }, { cause: error });
  if (/^Connection terminated/i.test(message) || code === '57P01')
    return new NodeError('CONNECTION_LOST', { ...server, at }, { cause: error });
  const connection = connectionFailure(error, server);
  if (connection) return connection;
  return new NodeError(
    'SERVICE_REFUSED',
    {
      service: 'PostgreSQL',
      reason: message,
      ...((detail ?? hint) && { description: [detail, hint].filter(Boolean).join(' ') }),
      ...(code && { sqlState: code }),
      ...(itemIndex !== undefined && { itemIndex }),
    },
    { cause: error },
  );
}
