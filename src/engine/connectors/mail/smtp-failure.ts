import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';
import type { Settings } from '../connector-user.ts';
import { serverOf } from './mail-server.ts';

export const SMTP_PORTS = { plain: 587, tls: 465 };

/** What the driver says of a failure. Its own code stands over that of the system. */
interface Told {
  code?: string;
  originalCode?: string;
  /** The server's own words, with their number. */
  response?: string;
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function smtpFailure(error: unknown, settings: Settings): Error {
  if (isEngineError(error)) return error;
  const server = serverOf(settings, 'SMTP', SMTP_PORTS);
  const facts = { ...server, at: `${server.host}:${server.port}` };
  const { code = '', originalCode, response } = (error ?? {}) as Told;
  const reason = response ?? messageOf(error);
  const known = connectionFailure(
    originalCode === undefined ? error : Object.assign(new Error(reason), { code: originalCode }),
    server,
  );
  if (known) return known;
  if (code === 'EAUTH') return new NodeError('LOGIN_REFUSED', { ...facts, reason }, { cause: error });
  if (code === 'ETLS') return new NodeError('TLS_FAILED', { ...facts, reason }, { cause: error });
  if (code === 'EDNS') return new NodeError('HOST_UNKNOWN', facts, { cause: error });
  if (code === 'ETIMEDOUT') return new NodeError('CONNECTION_TIMEOUT', facts, { cause: error });
  if (response === undefined && (code === 'ECONNECTION' || code === 'ESOCKET'))
    return new NodeError('CONNECTION_LOST', facts, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: 'SMTP', reason }, { cause: error });
}
