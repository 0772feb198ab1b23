import { MongoClient, type MongoClientOptions } from 'mongodb';
import type { Connector } from '../../node-kit/index.ts';
import { mongodbFailure } from './mongodb-failure.ts';

export type MongodbSettings = Readonly<Record<string, string>>;

const CONNECT_TIMEOUT_MS = 5000;
const MOST_CONNECTIONS = 10;

/** A pool of connections to the servers that a credential names. */
export const mongodbConnector: Connector<MongodbSettings, MongoClient> = {
  kind: 'mongodb',
  async open(settings) {
    let client: MongoClient | undefined;
    try {
      client = new MongoClient(urlOf(settings), optionsOf(settings));
      return await client.connect();
    } catch (error) {
      await client?.close();
      throw mongodbFailure(error, settings);
    }
  },
  close: (client) => client.close(),
};

function urlOf({ mode, url = '', host = '', port }: MongodbSettings): string {
  if (mode === 'url') return url;
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `mongodb://${name}:${port || '27017'}/`;
}

function optionsOf({ mode, user, password, authSource, tls }: MongodbSettings): MongoClientOptions {
  const options: MongoClientOptions = {
    serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    maxPoolSize: MOST_CONNECTIONS,
    // Whole numbers beyond 2^53 keep their digits.
    promoteLongs: false,
  };
  if (mode === 'url') return options;
  if (user) options.auth = { username: user, password: password ?? '' };
  if (user) options.authSource = authSource || 'admin';
  return { ...options, tls: tls === 'on' };
}
