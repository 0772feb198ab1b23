import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** Wrong or missing user and password, by the codes of MQTT 3.1.1 and 5. */
const NOT_SIGNED_IN: ReadonlySet<unknown> = new Set([4, 5, 134, 135]);

/** A failure of the driver or the server as a NodeError that names the cause. */
export function mqttFailure(
  error: unknown,
  { host = '', port, tls }: Readonly<Record<string, string>>,
): Error {
  if (isEngineError(error)) return error;
  const isSecure = tls === 'verify' || tls === 'no-check';
  const server = { service: 'MQTT', host, port: Number(port) || (isSecure ? 8883 : 1883) };
  const facts = { ...server, at: `${host}:${server.port}` };
  const message = messageOf(error);
  const known = connectionFailure(error, server);
  if (known) return known;
  if (message.startsWith('Connection refused') && NOT_SIGNED_IN.has((error as { code?: unknown }).code))
    return new NodeError(
      'LOGIN_REFUSED',
      { ...facts, reason: 'user or password is wrong' },
      { cause: error },
    );
  if (/connack timeout/i.test(message)) return new NodeError('CONNECTION_TIMEOUT', facts, { cause: error });
  if (/Connection closed|Keepalive timeout|client disconnecting|connection closed|offline/i.test(message))
    return new NodeError('CONNECTION_LOST', facts, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: 'MQTT', reason: message }, { cause: error });
}

/** A failure before both sides had agreed on TLS: a server that does not speak it ends the connection. */
export function handshakeFailure(error: unknown, settings: Readonly<Record<string, string>>): Error {
  const failure = mqttFailure(error, settings);
  if (!(failure instanceof NodeError) || failure.code !== 'CONNECTION_LOST') return failure;
  const reason = 'it does not speak TLS there, or wants a certificate of ours';
  return new NodeError('TLS_FAILED', { ...failure.facts, reason }, { cause: error });
}
