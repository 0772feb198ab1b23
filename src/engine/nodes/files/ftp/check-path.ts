import { NodeError } from '../../../node-kit/index.ts';

/** Refuses what FTP would read as another command, and what no server takes. Throws PARAMETER_INVALID. */
export function checkPath(path: string, field: string): string {
  if (/[\0\r\n]/.test(path))
    throw new NodeError('PARAMETER_INVALID', {
      field,
      parameter: field,
      reason: 'a path cannot hold line breaks or NUL',
    });
  return path;
}
