import type {
  CallbackStore,
  KeptDataStore,
  NotificationStore,
  PendingStore,
  ScheduleStore,
  StartKeyStore,
} from './types/execution-parts.ts';
import type { ExecutionStore } from './types/executions.ts';
import type {
  BlobStore,
  CredentialStore,
  DataTableStore,
  HistoryStore,
  SettingStore,
} from './types/installation.ts';
import type { VersionStore, WorkflowStore } from './types/workflows.ts';

export type {
  CallbackStore,
  DueCallback,
  KeptData,
  KeptDataStore,
  NotificationStore,
  PendingStore,
  ScheduleStore,
  StartKeyStore,
} from './types/execution-parts.ts';
export type {
  CallbackInsert,
  ChildExecution,
  DueWait,
  EffectUnit,
  ExecutionFilter,
  ExecutionInsert,
  ExecutionSearch,
  ExecutionStore,
  ExecutionWait,
  ExecutionWrite,
  NodeRunRecord,
  OpenExecution,
  PendingInsert,
  PendingOutcome,
  ScheduledSlot,
  StartKey,
  WholeRun,
} from './types/executions.ts';
export type {
  BlobStore,
  CredentialStore,
  DataTableStore,
  HistoryStore,
  ReceivedBlob,
  SettingStore,
  StoredCredential,
} from './types/installation.ts';
export type { Page } from './types/page.ts';
export type { PublishedWorkflow, StoredWorkflow, VersionStore, WorkflowStore } from './types/workflows.ts';

export interface Storage {
  readonly dialect: 'sqlite' | 'postgres';
  readonly workflows: WorkflowStore;
  readonly versions: VersionStore;
  readonly executions: ExecutionStore;
  readonly credentials: CredentialStore;
  readonly keptData: KeptDataStore;
  readonly startKeys: StartKeyStore;
  readonly schedules: ScheduleStore;
  readonly pending: PendingStore;
  readonly callbacks: CallbackStore;
  readonly notifications: NotificationStore;
  readonly dataTables: DataTableStore;
  readonly settings: SettingStore;
  readonly history: HistoryStore;
  readonly blobs: BlobStore;
  /**
   * Writes the database as it is to a new file, in steps between which others write; gives its schema version. Null, and
   * no file, for Postgres.
   */
  copyDatabase(path: string): Promise<number | null>;
  /** Commits what is queued and closes. */
  close(): Promise<void>;
}
