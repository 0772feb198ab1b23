import { createClient, type RedisClientType } from 'redis';
import type { Connector } from '../../node-kit/index.ts';
import { userOf, type Settings } from '../connector-user.ts';
import { redisFailure } from './failure.ts';

export type RedisClient = RedisClientType;

const CONNECT_MS = 15_000;
const PING_MS = 30_000;

/**
 * Connects. It does not connect again by itself: whoever lost it decides what to do. Throws a NodeError that names the
 * cause.
 */
export async function connectRedis(settings: Settings): Promise<RedisClient> {
  const { host = '', port, user, password, database, tls, authorities } = settings;
  const isSecure = tls === 'verify' || tls === 'no-check';
  const client = createClient({
    socket: {
      host,
      port: Number(port) || 6379,
      connectTimeout: CONNECT_MS,
      reconnectStrategy: false,
      ...(isSecure && { tls: true as const, servername: host, rejectUnauthorized: tls === 'verify' }),
      ...(isSecure && authorities && { ca: authorities }),
    },
    ...(user && { username: user }),
    ...(password && { password }),
    database: Number(database) || 0,
    pingInterval: PING_MS,
    name: 'GuixuFlow',
  }) as RedisClient;
  // Failures reach whoever waits for a command; without a listener they would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.destroy();
    throw redisFailure(error, settings);
  }
}

const connector: Connector<Settings, RedisClient> = {
  kind: 'redis',
  open: connectRedis,
  close: async (client) => {
    if (client.isOpen) await client.close();
  },
  isUsable: (client) => client.isReady,
};

/** Works with a client that its users share. Throws NodeErrors. */
export const useRedis = userOf(connector, redisFailure);
