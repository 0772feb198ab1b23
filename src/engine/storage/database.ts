import type { Kysely } from 'kysely';
import type { Dialect } from './migrations/migration.ts';
import type { PreparedWrite } from './run-data/prepared-write.ts';
import type { Tables } from './tables.ts';

/** What an execution takes beyond its run data, in rows and indexes; measured. */
export const EXECUTION_ROW_BYTES = 600;

export interface DatabaseSize {
  used: number;
  free: number;
  log: number;
}

/** What a dialect gives to the repositories. */
export interface Database {
  readonly dialect: Dialect;
  /** Sees what is committed. For reading only: writes go through `atomically` or `apply`. */
  readonly read: Kysely<Tables>;
  /** Runs `work` in one transaction; it takes effect when the promise resolves and not at all when it rejects. */
  atomically<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Commits all of `writes` in one transaction, or throws and stores none. The hot path: prepared statements. */
  apply(writes: readonly PreparedWrite[]): void | Promise<void>;
  /** Documents may have been deleted: `apply` must not count on those it has seen. */
  forgetDocuments(): void;
  /** Gives space that deletions freed back to the file system: so many pages of the file. */
  reclaim(pages: number): Promise<void>;
  /** Makes the log flow back in many small steps instead of few large ones, so that nobody waits long for one. */
  smallSteps(isWanted: boolean): void;
  /** Bytes in use, free within the file, and in the log, which is emptied first if that can be done without waiting. */
  size(): Promise<DatabaseSize>;
  /** See `Storage.copyDatabase`. */
  copyTo(path: string): Promise<boolean>;
  close(): Promise<void>;
}
