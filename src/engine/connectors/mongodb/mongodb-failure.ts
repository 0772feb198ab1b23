import { MongoServerError, MongoServerSelectionError } from 'mongodb';
import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';
import type { MongodbSettings } from './mongodb-connector.ts';

const SERVICE = 'MongoDB';
/** AuthenticationFailed, Unauthorized without a user, and what proxies of Atlas say. */
const LOGIN_CODES: readonly unknown[] = [18, 8000];

/** What MongoDB or the way to it said, as a `NodeError`. */
export function mongodbFailure(error: unknown, settings: MongodbSettings): Error {
  if (isEngineError(error)) return error;
  const server = serverOf(settings);
  const at = server.port === undefined ? server.host : `${server.host}:${server.port}`;
  const cause = reasonOf(error);
  if (cause instanceof MongoServerError && LOGIN_CODES.includes(cause.code))
    return new NodeError('LOGIN_REFUSED', { service: SERVICE, at, reason: cause.message }, { cause: error });
  const known = connectionFailure(cause, { service: SERVICE, ...server });
  if (known) return known;
  if (error instanceof MongoServerSelectionError)
    return new NodeError('CONNECTION_TIMEOUT', { service: SERVICE, ...server, at }, { cause: error });
  if (error instanceof Error && error.name.startsWith('MongoNetwork'))
    return new NodeError('CONNECTION_LOST', { service: SERVICE, ...server, at }, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: SERVICE, reason: messageOf(cause) }, { cause: error });
}

/** When no server answers, the driver keeps what the last one said in its picture of all of them. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof MongoServerSelectionError)) return error;
  for (const { error: reason } of error.reason?.servers.values() ?? []) if (reason) return reason;
  return error;
}

/** The address alone: a connection string may hold a password. */
function serverOf({ mode, url = '', host = '', port }: MongodbSettings): { host: string; port?: number } {
  if (mode !== 'url') return { host, port: Number(port || 27017) };
  return { host: /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? '?' };
}
