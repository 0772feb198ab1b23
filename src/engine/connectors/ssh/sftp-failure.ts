import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';

/** Status codes of the protocol, version 3. */
const NO_SUCH_FILE = 2;
const CONNECTION_CODES: readonly unknown[] = [6, 7];
const REASONS: Readonly<Record<number, string>> = {
  3: 'permission denied',
  4: 'the server gives no reason; it may be there already, be a folder that is not empty, or the disk may be full',
};

/**
 * What the server says about a path as FILE_NOT_FOUND or FILE_FAILED. Anything else, such as a lost connection, is given
 * back as it is.
 */
export function sftpFailure(error: unknown, path: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (isEngineError(error) || typeof code !== 'number') return error;
  if (CONNECTION_CODES.includes(code)) return new Error('connection lost', { cause: error });
  if (code === NO_SUCH_FILE) return new NodeError('FILE_NOT_FOUND', { path }, { cause: error });
  return new NodeError('FILE_FAILED', { path, reason: REASONS[code] ?? messageOf(error) }, { cause: error });
}
