import type { ErrorCode } from '../../contract/index.ts';
import { isEngineError, messageOf, NodeError, TLS_REASONS } from '../node-kit/index.ts';

/** The server that was asked, for the sentence about what went wrong. */
export interface Server {
  /** As users know it, such as `PostgreSQL`. */
  service: string;
  host: string;
  port?: number;
}

const CODES: Record<string, ErrorCode> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ENOTFOUND: 'HOST_UNKNOWN',
  EAI_AGAIN: 'HOST_UNKNOWN',
  ETIMEDOUT: 'CONNECTION_TIMEOUT',
  EHOSTUNREACH: 'CONNECTION_TIMEOUT',
  ENETUNREACH: 'CONNECTION_TIMEOUT',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
};

/**
 * What went wrong between us and a server below its own protocol, as a `NodeError`: CONNECTION_REFUSED, HOST_UNKNOWN,
 * CONNECTION_TIMEOUT, CONNECTION_LOST, TLS_FAILED. Null for anything else, which the protocol's own connector knows to tell.
 */
export function connectionFailure(error: unknown, server: Server): Error | null {
  if (isEngineError(error)) return error;
  const code = systemCodeOf(error);
  const facts = { ...server, at: server.port === undefined ? server.host : `${server.host}:${server.port}` };
  const tls = TLS_REASONS[code] ?? (/^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code) ? messageOf(error) : null);
  if (tls !== null) return new NodeError('TLS_FAILED', { ...facts, reason: tls }, { cause: error });
  const known = CODES[code];
  return known ? new NodeError(known, facts, { cause: error }) : null;
}

/** With several addresses per name, node:net reports one error that holds one per address. */
function systemCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown[]; cause?: unknown };
  if (
    typeof code === 'string' &&
    (code in CODES || code in TLS_REASONS || /^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code))
  )
    return code;
  if (Array.isArray(errors) && errors.length > 0) return systemCodeOf(errors[0]);
  return cause === undefined ? '' : systemCodeOf(cause);
}
