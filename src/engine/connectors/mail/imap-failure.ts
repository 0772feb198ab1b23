import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';
import type { Settings } from '../connector-user.ts';
import { serverOf } from './mail-server.ts';

export const IMAP_PORTS = { plain: 143, tls: 993 };

/** What the driver says of a failure. */
interface Told {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  /** The server's own words. */
  responseText?: string;
}

const TIMEOUTS = ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT'];
const LOST = ['NoConnection', 'EConnectionClosed', 'StateLogout', 'ClosedAfterConnectText'];
const TLS = ['ClosedAfterConnectTLS', 'STARTTLS_INJECTION'];

/** A failure of the driver or the server as a NodeError that names the cause. */
export function imapFailure(error: unknown, settings: Settings): Error {
  if (isEngineError(error)) return error;
  const server = serverOf(settings, 'IMAP', IMAP_PORTS);
  const known = connectionFailure(error, server);
  if (known) return known;
  const facts = { ...server, at: `${server.host}:${server.port}` };
  const { code = '', authenticationFailed, tlsFailed, responseText } = (error ?? {}) as Told;
  const reason = responseText || messageOf(error);
  if (authenticationFailed) return new NodeError('LOGIN_REFUSED', { ...facts, reason }, { cause: error });
  if (tlsFailed || TLS.includes(code))
    return new NodeError('TLS_FAILED', { ...facts, reason }, { cause: error });
  if (TIMEOUTS.includes(code)) return new NodeError('CONNECTION_TIMEOUT', facts, { cause: error });
  if (LOST.includes(code)) return new NodeError('CONNECTION_LOST', facts, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: 'IMAP', reason }, { cause: error });
}
