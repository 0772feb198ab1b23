import { connect, credsAuthenticator, errors, type NatsConnection } from '@nats-io/transport-node';
import type { Connector } from '../../node-kit/index.ts';
import { userOf, type Settings } from '../connector-user.ts';
import { natsFailure } from './failure.ts';
import { Refusals } from './refusals.ts';

export type { NatsConnection } from '@nats-io/transport-node';

const CONNECT_MS = 15_000;
const PING_MS = 30_000;

/**
 * Connects. It does not connect again by itself: whoever lost it decides what to do. Throws a NodeError that names the
 * cause.
 */
export async function connectNats(settings: Settings): Promise<NatsConnection> {
  const { host = '', port, tls } = settings;
  const isSecure = tls === 'verify' || tls === 'no-check';
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  try {
    return await connect({
      servers: `${name}:${Number(port) || 4222}`,
      name: 'GuixuFlow',
      reconnect: false,
      ignoreClusterUpdates: true,
      timeout: CONNECT_MS,
      pingInterval: PING_MS,
      tls: isSecure ? tlsOf(settings) : null,
      ...signInOf(settings),
    });
  } catch (error) {
    throw natsFailure(error, settings);
  }
}

function tlsOf({ tls, authorities, certificate, key }: Settings) {
  return {
    rejectUnauthorized: tls === 'verify',
    ...(authorities && { ca: authorities }),
    ...(certificate && { cert: certificate, key: key ?? '' }),
  };
}

function signInOf({ signIn, user = '', password = '', token = '', creds = '' }: Settings) {
  if (signIn === 'password') return { user, pass: password };
  if (signIn === 'token') return { token };
  return signIn === 'creds' ? { authenticator: credsAuthenticator(new TextEncoder().encode(creds)) } : {};
}

/** Resolves once the server has read everything so far. Rejects when the connection ends before. */
export async function flush(connection: NatsConnection): Promise<void> {
  const ended = connection.closed().then((error) => {
    throw error ?? new errors.ClosedConnectionError();
  });
  await Promise.race([connection.flush(), ended]);
}

/** A connection that publishes. */
export interface Publisher {
  connection: NatsConnection;
  refusals: Refusals;
  /** Aborted when the connection has ended. The driver forgets some promises then, which nobody is to wait for. */
  ended: AbortSignal;
}

const connector: Connector<Settings, Publisher> = {
  kind: 'nats',
  async open(settings) {
    const connection = await connectNats(settings);
    const ending = new AbortController();
    void connection.closed().then((error) => ending.abort(error ?? new errors.ClosedConnectionError()));
    return { connection, refusals: new Refusals(connection), ended: ending.signal };
  },
  close: ({ connection }) => connection.close(),
  // What was refused once may be allowed by the next time.
  isUsable: ({ refusals, ended }) => !ended.aborted && refusals.isEmpty,
};

/** Works with a connection that its users share. Throws NodeErrors. */
export const useNats = userOf(connector, natsFailure);
