import { NodeError } from '../../../node-kit/index.ts';

/** Refuses what FTP would read as another command, and what no server takes. Throws PARAMETER_INVALID. */
export function checkPath(path: string, field: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000\r\n]/.test(path))
    throw new NodeError('PARAMETER_INVALID', {
      field,
      parameter: field,
      reason: 'a path cannot hold line breaks or NUL',
    });
  return path;
}
