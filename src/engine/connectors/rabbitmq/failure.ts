import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** A failure of the driver or the server as a NodeError that names the cause. */
export function rabbitmqFailure(
  error: unknown,
  { host = '', port }: Readonly<Record<string, string>>,
): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'RabbitMQ', host, port: Number(port) || 5672 };
  const at = `${server.host}:${server.port}`;
  const known = connectionFailure(error, server);
  if (known) return known;
  const message = messageOf(error);
  const refused = () =>
    new NodeError('SERVICE_REFUSED', { service: 'RabbitMQ', reason: serverWords(message) }, { cause: error });
  if (/ACCESS[_-]REFUSED|403/.test(message) && /login|handshake/i.test(message))
    return new NodeError(
      'LOGIN_REFUSED',
      { ...server, at, reason: 'user or password is wrong' },
      { cause: error },
    );
  if (/connect ETIMEDOUT|timeout/i.test(message))
    return new NodeError('CONNECTION_TIMEOUT', { ...server, at }, { cause: error });
  // The server says why it closes a channel or a connection; 320 is its own end (AMQP 0-9-1, section 1.2).
  const closing = /by server: (\d+)/.exec(message)?.[1];
  if (closing !== undefined && closing !== '320') return refused();
  if (
    /Socket closed|Connection clos|Channel (?:closed|ended)|Heartbeat timeout|socket hang up/i.test(message)
  )
    return new NodeError('CONNECTION_LOST', { ...server, at }, { cause: error });
  return refused();
}

/** What the server said, without the driver's own words around it. */
function serverWords(message: string): string {
  return /with message "([^"]+)"/.exec(message)?.[1] ?? message;
}
