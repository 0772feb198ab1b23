/** A file on the disk, open for reading. */
export interface LocalFile {
  /** Absolute, with symbolic links followed. */
  path: string;
  /** Bytes. */
  size: number;
  /** UTC milliseconds. */
  modifiedAt: number;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Files on the disk, inside the folders that the configuration allows and nowhere else. Relative paths begin in the
 * first of them. Throws NodeError FILE_FORBIDDEN, FILE_NOT_FOUND, FILE_FAILED.
 */
export interface LocalFiles {
  /** The files that a pattern such as `in/*.csv` finds, in order; a path without wildcards gives that one file. */
  find(pattern: string): Promise<string[]>;
  /** Opens a file for as long as `use` takes. */
  read<T>(path: string, use: (file: LocalFile) => Promise<T>): Promise<T>;
  /**
   * Gives the size and path of what was written. `replace` leaves the old file as it was until the new one is whole.
   */
  write(
    path: string,
    content: AsyncIterable<Uint8Array>,
    mode: 'replace' | 'append',
  ): Promise<{ path: string; size: number }>;
}
