import mime from 'mime';

/** The media type that goes with a file's ending. */
export function mimeTypeOf(fileName: string): string {
  return mime.getType(fileName) ?? 'application/octet-stream';
}

/**
 * The last part of a path as some other program wrote it, for Windows or not. Never empty, never a way to another
 * folder.
 */
export function baseName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return parts.at(-1)?.replace(/[\u0000-\u001f\u007f]/g, '_') ?? 'file';
}
