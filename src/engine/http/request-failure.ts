import { isEngineError, messageOf } from '../kernel/index.ts';
import { NodeError, safeUrl, TLS_REASONS, type HttpRequest } from '../node-kit/index.ts';

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the other side closed the connection',
  UND_ERR_SOCKET: 'the other side closed the connection',
  EPIPE: 'the other side closed the connection',
  ENOTFOUND: 'the name of the server is not known',
  EAI_AGAIN: 'the name of the server could not be looked up',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'the server did not take the connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not take the connection in time',
  ...TLS_REASONS,
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too large',
};

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const DEFAULT_LIMIT_MS = 300_000;

/** What went wrong with a request, as a node's error. Errors that are one already pass through. */
export function requestFailure(
  error: unknown,
  request: Pick<HttpRequest, 'method' | 'url' | 'secretQuery'>,
): Error {
  if (isEngineError(error)) return error;
  const facts = { method: request.method, url: safeUrl(request.url, request.secretQuery) };
  const code = codeOf(error);
  if (TIMEOUTS.has(code))
    return new NodeError('HTTP_TIMEOUT', { ...facts, limitMs: DEFAULT_LIMIT_MS }, { cause: error });
  const reason = REASONS[code] ?? (messageOf(error) || code);
  return new NodeError(
    'HTTP_REQUEST_FAILED',
    { ...facts, reason, ...(code && { cause: code }) },
    { cause: error },
  );
}

/** With several addresses per name, node:net reports one error that holds one per address. */
function codeOf(error: unknown): string {
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown[]; cause?: unknown };
  if (typeof code === 'string') return code;
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  return typeof cause === 'object' && cause !== null ? codeOf(cause) : '';
}
