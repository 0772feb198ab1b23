import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** A failure of the driver or the server as a NodeError that names the cause. */
export function redisFailure(error: unknown, { host = '', port }: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'Redis', host, port: Number(port) || 6379 };
  const at = `${server.host}:${server.port}`;
  const known = connectionFailure(error, server);
  if (known) return known;
  const message = messageOf(error);
  // The server's own words begin with a code in capitals.
  if (/^(?:WRONGPASS|NOAUTH|NOPERM)\b|AUTH .* without any password/.test(message))
    return new NodeError('LOGIN_REFUSED', { ...server, at, reason: message }, { cause: error });
  if (/timeout/i.test(message))
    return new NodeError('CONNECTION_TIMEOUT', { ...server, at }, { cause: error });
  if (/Socket closed|client is closed|closed unexpectedly|Disconnect/i.test(message))
    return new NodeError('CONNECTION_LOST', { ...server, at }, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: 'Redis', reason: message }, { cause: error });
}
