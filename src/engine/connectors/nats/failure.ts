import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** A failure of the driver or the server as a NodeError that names the cause. */
export function natsFailure(error: unknown, { host = '', port }: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = { service: 'NATS', host, port: Number(port) || 4222 };
  const facts = { ...server, at: `${server.host}:${server.port}` };
  const known = connectionFailure(error, server);
  if (known) return known;
  const message = messageOf(error);
  const refused = (reason: string) =>
    new NodeError('SERVICE_REFUSED', { service: 'NATS', reason }, { cause: error });
  if (error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError)
    return new NodeError('LOGIN_REFUSED', { ...facts, reason: message.toLowerCase() }, { cause: error });
  if (error instanceof errors.TimeoutError)
    return new NodeError('CONNECTION_TIMEOUT', facts, { cause: error });
  if (error instanceof errors.ClosedConnectionError || error instanceof errors.DrainingConnectionError)
    return new NodeError('CONNECTION_LOST', facts, { cause: error });
  // Both sides have to want TLS; the driver says which one does not.
  if (/\btls\b/i.test(message))
    return new NodeError('TLS_FAILED', { ...facts, reason: message }, { cause: error });
  if (error instanceof errors.ConnectionError)
    return new NodeError('CONNECTION_LOST', facts, { cause: error });
  if (hasNoResponders(error)) return refused('nobody answers on this subject');
  // A stream would have answered; a server without JetStream cannot be told from one without the stream.
  if (error instanceof Error && hasNoResponders(error.cause))
    return refused('no stream takes this subject, or the server has no JetStream');
  if (error instanceof JetStreamApiError) return refused(`${message} (${error.code})`);
  return refused(message);
}

function hasNoResponders(error: unknown): boolean {
  return error instanceof errors.RequestError && error.isNoResponders();
}
