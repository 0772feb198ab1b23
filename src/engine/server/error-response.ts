import { ORPCError } from '@orpc/server';
import {
  describeError,
  ERROR_CODES,
  isErrorCode,
  type ErrorCode,
  type Locale,
} from '../../contract/index.ts';
import { isEngineError, type Logger } from '../kernel/index.ts';

/** What a caller learns about a failure besides code and sentence. */
export interface ErrorData {
  code: ErrorCode;
  details: Record<string, unknown>;
  requestId: string;
}

interface Reader {
  locale: Locale;
  requestId: string;
  logger: Logger;
}

/**
 * The failure as it goes over any carrier: a code of the error table, a sentence in the reader's language, facts, and
 * no stack. Anything unexpected becomes INTERNAL and is logged under the request id.
 */
export function toResponseError(error: unknown, reader: Reader): ORPCError<ErrorCode, ErrorData> {
  if (isEngineError(error)) return build(error.code, error.facts, reader);
  if (error instanceof ORPCError) {
    if (isErrorCode(error.code) && hasErrorData(error.data)) return error as ORPCError<ErrorCode, ErrorData>;
    const issues = issuesOf(error.data);
    if (issues) return build('INPUT_INVALID', { reason: describeIssues(issues), issues }, reader);
    if (error.status === 404) return build('NOT_FOUND', {}, reader);
    if (error.status < 500) return build('INPUT_INVALID', { reason: error.message }, reader);
  }
  reader.logger.error({ err: error, requestId: reader.requestId }, 'request failed unexpectedly');
  return build('INTERNAL', {}, reader);
}

function build(
  code: ErrorCode,
  facts: Readonly<Record<string, unknown>>,
  { locale, requestId }: Omit<Reader, 'logger'>,
) {
  const message = describeError(code, { ...facts, requestId }, locale);
  return new ORPCError<ErrorCode, ErrorData>(code, {
    status: ERROR_CODES[code].status,
    message,
    data: { code, details: toPlainFacts(facts), requestId },
  });
}

/** Facts are made for people and may hold anything; only what JSON can carry leaves the process. */
function toPlainFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name === 'cause' || name === 'stack') continue;
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) plain[name] = value;
    else if (typeof value === 'object' && !(value instanceof Error)) {
      try {
        plain[name] = JSON.parse(JSON.stringify(value)) as unknown;
      } catch {
        plain[name] = String(value);
      }
    }
  }
  return plain;
}

interface Issue {
  path: string;
  message: string;
}

function issuesOf(data: unknown): Issue[] | null {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues))
    return null;
  return data.issues.map((issue: { message?: unknown; path?: unknown }) => ({
    path: Array.isArray(issue.path) ? issue.path.map(segmentOf).join('.') : '',
    message: String(issue.message),
  }));
}

function segmentOf(segment: unknown): string {
  return String(typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment);
}

/** The first few are enough to act on. */
function describeIssues(issues: Issue[]): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
    .join('; ');
}

function hasErrorData(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'requestId' in data && 'details' in data;
}
