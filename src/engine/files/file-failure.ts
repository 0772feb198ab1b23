import { isEngineError, messageOf, NodeError } from '../kernel/index.ts';

/** What a failure of the file system means to a user, who knows the path as `shown`. */
export function fileFailure(cause: unknown, shown: string): unknown {
  const code = typeof cause === 'object' && cause !== null && 'syscall' in cause ? codeOf(cause) : undefined;
  if (isEngineError(cause) || code === undefined) return cause;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new NodeError('FILE_NOT_FOUND', { path: shown }, { cause });
  const reason = REASONS[code] ?? messageOf(cause);
  return new NodeError('FILE_FAILED', { path: shown, reason }, { cause });
}

export function notOrdinary(shown: string): NodeError {
  return new NodeError('FILE_FAILED', {
    path: shown,
    reason: 'it is a folder or device, not an ordinary file',
  });
}

/** The system's own messages hold paths that say nothing to the user, such as those of temporary files. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the system does not permit it',
  EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder',
  ENXIO: 'it is a device, not an ordinary file',
  ELOOP: 'it is a symbolic link that changed meanwhile, or one of a circle',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
};

function codeOf(cause: object): string | undefined {
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
