import type {
  BinaryReference,
  CredentialSummary,
  DataFilter,
  DataRow,
  DataSort,
  DataTable,
  NewDataColumn,
  RetentionSettings,
  StorageUsage,
} from '../../../contract/index.ts';
import type { BinaryStore, DataChange } from '../../node-kit/index.ts';
import type { Page } from './page.ts';

export interface StoredCredential extends CredentialSummary {
  /** The encrypted record; opaque to storage. */
  secret: Uint8Array;
}

export interface CredentialStore {
  list(query: { limit: number; cursor?: string; type?: string }): Promise<Page<StoredCredential>>;
  get(id: string): Promise<StoredCredential | null>;
  insert(credential: StoredCredential): Promise<void>;
  update(credential: StoredCredential): Promise<void>;
  delete(id: string): Promise<boolean>;
}

/** Small typed tables that workflows and people share. Those that name one throw DATA_TABLE_NOT_FOUND; `get`, `rows` and `write` also know it by its name. */
export interface DataTableStore {
  /** By name. */
  list(): Promise<DataTable[]>;
  get(id: string): Promise<DataTable>;
  /** Throws DATA_TABLE_NAME_TAKEN, DATA_COLUMN_TAKEN, DATA_TABLE_FULL. */
  create(table: {
    id: string;
    name: string;
    columns: readonly NewDataColumn[];
    now: number;
  }): Promise<DataTable>;
  /** Throws DATA_TABLE_NAME_TAKEN. */
  rename(id: string, name: string, now: number): Promise<DataTable>;
  delete(id: string): Promise<void>;
  /** Throws DATA_COLUMN_TAKEN, DATA_TABLE_FULL. */
  addColumn(id: string, column: NewDataColumn, now: number): Promise<DataTable>;
  /** Throws DATA_COLUMN_TAKEN, DATA_COLUMN_UNKNOWN. */
  renameColumn(id: string, columnId: string, name: string, now: number): Promise<DataTable>;
  /** Throws DATA_COLUMN_UNKNOWN. */
  removeColumn(id: string, columnId: string, now: number): Promise<DataTable>;
  /** `total` counts all rows that fit. Throws DATA_COLUMN_UNKNOWN, DATA_VALUE_INVALID. */
  rows(query: {
    id: string;
    filter?: DataFilter | undefined;
    sort?: DataSort | undefined;
    offset?: number;
    limit: number;
  }): Promise<{ items: DataRow[]; total: number }>;
  /**
   * Gives the rows as they are now, or as they were where they were deleted. With `once` the change is made a single
   * time for that key while the execution goes on; asked again it gives what it gave. Throws DATA_COLUMN_UNKNOWN,
   * DATA_VALUE_INVALID, DATA_VALUE_TAKEN, DATA_VALUE_TOO_LARGE, DATA_TABLE_FULL, and then nothing has changed.
   */
  write(
    id: string,
    change: DataChange,
    about: { now: number; once?: { key: string; executionId: string } },
  ): Promise<DataRow[]>;
}

export interface SettingStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  /** Sets it unless it is set, and gives what it is now: the same for all who ask at once. */
  ensure(key: string, value: unknown): Promise<unknown>;
  remove(key: string): Promise<void>;
}

/** Content-addressed bytes: the same content is stored once. */
export interface BlobStore extends BinaryStore {
  has(reference: BinaryReference): Promise<boolean>;
  /** Every file, some at a time. */
  list(): AsyncIterable<Array<{ blobId: string; size: number; writtenAt: number }>>;
  /** Removes a file unless it was written, or written again, since `before`. */
  remove(blobId: string, before: number): Promise<boolean>;
  /**
   * Takes bytes that may yet turn out not to be wanted: they are stored by `keep` only. Leaves nothing behind when they
   * break off.
   */
  receive: (...content: Parameters<BinaryStore['write']>) => Promise<ReceivedBlob>;
}

export interface ReceivedBlob {
  readonly reference: BinaryReference;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** What is kept of the past, and for how long. */
export interface HistoryStore {
  usage(): Promise<StorageUsage>;
  /** What `settings` would remove now; bytes are an estimate. */
  preview(settings: RetentionSettings, now: number): Promise<{ executions: number; bytes: number }>;
  /**
   * Removes finished executions beyond the limits, the oldest first, in transactions of some milliseconds. `onBatch` is
   * told of each. Gives `paused` when a reader outside of this process keeps the log of SQLite from being emptied.
   */
  prune(
    settings: RetentionSettings,
    about: {
      now: number;
      signal: AbortSignal;
      onBatch(removed: { executions: number; bytes: number }): void;
    },
  ): Promise<'done' | 'paused'>;
  /**
   * Removes files that nothing refers to and that were written before `before`, in UTC milliseconds: what is younger
   * may be on its way into an execution. Gives how many there were.
   */
  sweepBlobs(about: { before: number; signal: AbortSignal }): Promise<number>;
}
