import type {
  ApprovalDecision,
  BinaryReference,
  Callback,
  CredentialSummary,
  DataFilter,
  DataRow,
  DataSort,
  DataTable,
  ExecutionError,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  Item,
  NewDataColumn,
  NodeRunSummary,
  RetentionSettings,
  StorageUsage,
  Notification,
  PendingItem,
  WorkflowDocument,
  WorkflowSummary,
  WorkflowVersion,
  WorkflowVersionDetail,
} from '../../contract/index.ts';
import type { BinaryStore, DataChange, ItemList } from '../node-kit/index.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

export interface StoredWorkflow extends WorkflowSummary {
  document: WorkflowDocument;
}

/** One immutable published version. */
export interface PublishedWorkflow {
  id: string;
  name: string;
  version: number;
  document: WorkflowDocument;
}

export interface WorkflowStore {
  list(query: {
    limit: number;
    cursor?: string;
    search?: string;
    active?: boolean;
    tag?: string;
    sort: 'name' | 'createdAt' | 'updatedAt';
    direction: 'asc' | 'desc';
  }): Promise<Page<WorkflowSummary>>;
  /** Null when there is none. */
  get(id: string): Promise<StoredWorkflow | null>;
  insert(workflow: { id: string; document: WorkflowDocument; now: number }): Promise<StoredWorkflow>;
  /**
   * Throws REVISION_STALE when `revision` is not the stored one, WORKFLOW_NOT_FOUND when there is none. The draft that is
   * replaced is kept as an automatic version when the last version is some minutes old.
   */
  saveDraft(workflow: {
    id: string;
    document: WorkflowDocument;
    revision: number;
    now: number;
  }): Promise<StoredWorkflow>;
  delete(id: string): Promise<boolean>;
  /** Writes the draft as the next version (the same version again when nothing changed) and marks the workflow active. */
  publish(id: string, now: number): Promise<PublishedWorkflow>;
  setInactive(id: string, now: number): Promise<void>;
  published(id: string): Promise<PublishedWorkflow | null>;
  listActive(): Promise<PublishedWorkflow[]>;
}

/** What is kept of a workflow's past. Versions are added by publishing and saving too, see `WorkflowStore`. */
export interface VersionStore {
  /** The newest first. */
  list(query: { workflowId: string; limit: number; cursor?: string }): Promise<Page<WorkflowVersion>>;
  /** Null when there is none. */
  get(workflowId: string, version: number): Promise<WorkflowVersionDetail | null>;
  /**
   * Keeps the draft under a name; where the newest version is just that and has no name yet, it gets this one. Throws
   * WORKFLOW_NOT_FOUND.
   */
  create(version: { workflowId: string; name: string; note: string; now: number }): Promise<WorkflowVersion>;
  /** What is left out stays as it is. Throws VERSION_NOT_FOUND. */
  update(version: {
    workflowId: string;
    version: number;
    name?: string;
    note?: string;
  }): Promise<WorkflowVersion>;
  /** Throws VERSION_PUBLISHED for the one that triggers run, VERSION_NOT_FOUND. */
  delete(workflowId: string, version: number): Promise<void>;
  /**
   * Makes the version the draft. The draft before it is kept as an automatic version. Throws REVISION_STALE,
   * VERSION_NOT_FOUND, WORKFLOW_NOT_FOUND.
   */
  restore(version: {
    workflowId: string;
    version: number;
    revision: number;
    now: number;
  }): Promise<StoredWorkflow>;
}

export interface ExecutionInsert {
  id: string;
  workflowId: string | null;
  workflowName: string;
  version: number | null;
  status: ExecutionStatus;
  mode: ExecutionMode;
  startedAt: number;
  /** What ran. For a published version it is stored once, with the version. */
  document: WorkflowDocument;
  /** The process that runs it. */
  bootId: string;
  parentExecutionId?: string | null;
  /** Names the call of the parent that began it, so that the parent finds it again after a crash. */
  parentCall?: string | null;
  /** The execution that this one repeats or takes up again. */
  retryOf?: string | null;
  /**
   * The write fails with EXECUTION_STARTED_ALREADY (facts `id`, `key`) when an execution began for one of these and the
   * key has not expired at `startedAt`.
   */
  startKeys?: readonly StartKey[];
  /** The slot of a schedule that is handled by it. */
  slot?: ScheduledSlot;
}

/** What one execution only is to begin for, such as a slot of a schedule or a delivery. */
export interface StartKey {
  /** Short: what may be long is hashed. */
  key: string;
  /** UTC milliseconds; from then on the key is free again. */
  expiresAt: number;
}

export interface ScheduledSlot {
  workflowId: string;
  nodeId: string;
  /** UTC milliseconds. */
  at: number;
}

export interface NodeRunRecord extends NodeRunSummary {
  /** Items per main output port; the caller does not change them afterwards. */
  outputs: readonly ItemList[];
}

export type WholeRun = NodeRunSummary & { outputs: Item[][] };

/** What one step of an execution adds. All parts of one call are committed together or not at all. */
export interface ExecutionWrite {
  executionId: string;
  insert?: ExecutionInsert;
  nodeRuns?: readonly NodeRunRecord[];
  status?: ExecutionStatus;
  /** All marks that the execution has by now. */
  marks?: ExecutionSummary['marks'];
  /** What the execution waits for from now on; null when it goes on. */
  wait?: ExecutionWait | null;
  /** Something was got done since the last crash: those before are forgotten. */
  hasProgressed?: boolean;
  /** JSON of all it takes, besides run data, to go on from here in another process; null when nothing is to go on. */
  checkpoint?: string | null;
  /** Units of node runs that are under way; a later word on a unit replaces an earlier one. */
  units?: readonly EffectUnit[];
  /** Node runs that are over: what is known of their units is not needed any more. */
  closedUnits?: ReadonlyArray<{ nodeId: string; runIndex: number }>;
  /** What a workflow keeps for its next executions. */
  kept?: readonly KeptData[];
  finish?: {
    status: 'success' | 'failed' | 'cancelled';
    finishedAt: number;
    durationMs: number;
    error: ExecutionError | null;
  };
  /** All that waits for people in the execution from now on; what was decided stays. */
  pending?: readonly PendingInsert[];
  decided?: readonly PendingOutcome[];
  /** What is to be sent out; stays when the execution is discarded. */
  callback?: CallbackInsert;
  /** Something is to be started because of the end; known under this key until it expires. */
  followUp?: StartKey;
  /** Removes the execution and its node runs (`save: none`, or `save: failed` after a success). */
  discard?: boolean;
}

export type PendingInsert = Omit<PendingItem, 'executionId' | 'decision'> & { tokenHash: string | null };

export interface PendingOutcome {
  nodeId: string;
  runIndex: number;
  decision: ApprovalDecision;
}

export interface CallbackInsert {
  id: string;
  url: string;
  /** Signs it; null for none. */
  credentialId: string | null;
  createdAt: number;
  /** JSON, sent as it is. */
  body: string;
}

/** What makes a waiting execution go on. */
export interface ExecutionWait {
  /** UTC milliseconds; null when nothing goes on by itself. */
  dueAt: number | null;
  tokenHashes: readonly string[];
}

/** One item's work, or the whole of a run's, with an effect outside. */
export interface EffectUnit {
  nodeId: string;
  runIndex: number;
  unit: number;
  /** JSON of what it gave; null while it is under way. */
  result: string | null;
}

/** An execution that a process which is gone had not ended. */
export interface OpenExecution {
  id: string;
  status: ExecutionStatus;
  /** How often a process ended while the execution was running and got nothing done, this time included. */
  crashes: number;
  hasCheckpoint: boolean;
}

/** An execution that another one began and waited for. */
export interface ChildExecution {
  id: string;
  call: string | null;
  status: ExecutionStatus;
}

/** Which executions; conditions that are left out let all through. */
export interface ExecutionFilter {
  workflowId?: string;
  /** Any of these. */
  status?: readonly ExecutionStatus[];
  mode?: readonly ExecutionMode[];
  /** UTC milliseconds, both ends included. */
  startedAfter?: number;
  startedBefore?: number;
  /** A mark by its key, with this very value where one is given. */
  mark?: { key: string; value?: string };
}

export interface ExecutionSearch {
  items: ExecutionSummary[];
  /** Where to go on; null when there is nothing left to look at. */
  nextCursor: string | null;
  /** Executions that this call has looked at. */
  searched: number;
  /** When the last of them began; null when there was none. */
  searchedBackTo: number | null;
}

export interface DueWait {
  executionId: string;
  /** UTC milliseconds. */
  dueAt: number;
}

export interface ExecutionStore {
  /**
   * Resolves when the write is committed. Writes that arrive together share one commit, in the order of arrival.
   * Rejects when the commit failed; then nothing of it is stored.
   */
  commit(write: ExecutionWrite): Promise<void>;
  list(query: ExecutionFilter & { limit: number; cursor?: string }): Promise<Page<ExecutionSummary>>;
  /**
   * Executions in whose data `text` occurs, whatever its case: in keys, texts and numbers of items, names of files and
   * errors. The newest first, from `cursor` on. Stops where a page is full, where `limits` are reached, or when the
   * signal aborts, which rejects with its reason.
   */
  search(
    query: ExecutionFilter & {
      text: string;
      limit: number;
      cursor?: string;
      /** How much one call looks at. */
      limits: { executions: number; bytes: number };
    },
    signal?: AbortSignal,
  ): Promise<ExecutionSearch>;
  get(id: string): Promise<(ExecutionSummary & { document: WorkflowDocument; bootId: string }) | null>;
  /** Node runs in the order of starting, items left out. */
  nodeRuns(executionId: string): Promise<NodeRunSummary[]>;
  /** Items of one node run, per output port, cut to `limit` items from `offset` each. Null when there was no such run. */
  outputs(run: {
    executionId: string;
    nodeId: string;
    runIndex: number;
    offset?: number;
    limit?: number;
  }): Promise<Item[][] | null>;
  /** Gives how many were deleted; executions that are not finished are left alone. */
  delete(ids: readonly string[]): Promise<number>;
  /** Executions whose wait is over by itself at `until`, the earliest first, from the one behind `after` on. */
  dueWaits(page: { until: number; after?: DueWait; limit: number }): Promise<DueWait[]>;
  /** When the first wait that is over later than that is over; null when there is none. */
  nextDue(after: number): Promise<number | null>;
  /** JSON as it was written; null when there is none. */
  checkpoint(executionId: string): Promise<string | null>;
  units(executionId: string): Promise<EffectUnit[]>;
  /** Every node run with its items. For executions that go on: all of it is read at once. */
  wholeRuns(executionId: string): Promise<WholeRun[]>;
  /** Items of the first output of the node run that ended last; none when no node gave any. */
  lastItems(executionId: string): Promise<Item[]>;
  /** The executions it began, in the order of starting. */
  children(executionId: string): Promise<ChildExecution[]>;
  /** Executions whose wait is over by itself at `until`, the earliest first, from the one behind `after` on. */
  dueWaits(page: { until: number; after?: DueWait; limit: number }): Promise<DueWait[]>;
  /** When the first wait that is over later than that is over; null when there is none. */
  nextDue(after: number): Promise<number | null>;
  /** Id of the waiting execution that a resume token with this hash is for; null when there is none. */
  findWaiting(tokenHash: string): Promise<string | null>;
  /**
   * Takes what other processes left unfinished away from them, in one transaction, and counts a crash for what was
   * running in them. What was running stays without an owner until it is claimed: a crash before that is not its own.
   * The oldest first.
   */
  takeOver(bootId: string): Promise<OpenExecution[]>;
  claim(id: string, bootId: string): Promise<void>;
  /** Ends executions of which nothing goes on any more, with their open node runs. */
  endOrphans(ids: readonly string[], error: ExecutionError, now: number): Promise<void>;
  /** Leaves these to whoever takes over next; being taken over from here is no crash. */
  release(ids: readonly string[]): Promise<void>;
  /** Unfinished executions of this process, so that it can see which it does not know. */
  unfinished(bootId: string): Promise<string[]>;
}

export interface PendingStore {
  list(query: {
    state: 'open' | 'decided';
    executionId?: string;
    limit: number;
  }): Promise<{ items: PendingItem[]; open: number }>;
  /** What was decided by a link with that token; null when nothing was. */
  decidedBy(tokenHash: string): Promise<PendingItem | null>;
}

export type DueCallback = Pick<Callback, 'id' | 'executionId' | 'url' | 'attempts' | 'createdAt'> & {
  credentialId: string | null;
  body: string;
};

/** Callbacks are written as part of executions: see `ExecutionWrite.callback`. */
export interface CallbackStore {
  /** Those of an execution, in the order of making. */
  list(executionId: string): Promise<Callback[]>;
  /** The earliest of those to be sent by `until`, leaving out those named. */
  due(query: { until: number; limit: number; except: readonly string[] }): Promise<DueCallback[]>;
  /** When the next one is to be sent; null when none is. */
  nextDue(): Promise<number | null>;
  /** What came of an attempt. What has arrived goes with its execution. */
  record(
    id: string,
    attempt: Pick<Callback, 'status' | 'nextAt'> & { at: number; error: ExecutionError | null },
  ): Promise<void>;
  /** Makes it due at `now`, counting attempts anew. Null when there is none. */
  sendAgain(executionId: string, id: string, now: number): Promise<Callback | null>;
}

export interface NotificationStore {
  /** The newest first. */
  list(): Promise<{ items: Notification[]; unread: number }>;
  /** Adds to what is told about a subject, and forgets the oldest beyond `keep`. */
  add(notifications: ReadonlyArray<Omit<Notification, 'read'>>, keep: number): Promise<void>;
  /** All when none are named. */
  markRead(subjects?: readonly string[]): Promise<void>;
  remove(subject: string): Promise<void>;
}

export interface KeptData {
  workflowId: string;
  key: string;
  /** JSON data. */
  value: unknown;
}

/** Written as part of executions only: see `ExecutionWrite.kept`. */
export interface KeptDataStore {
  /** Undefined when nothing is kept under the key. */
  get(workflowId: string, key: string): Promise<unknown>;
  /** Keeps JSON data outside of any execution; resolves when it is stored. */
  set(workflowId: string, key: string, value: unknown): Promise<void>;
}

/** Written as part of executions: see `ExecutionInsert.startKeys`. */
export interface StartKeyStore {
  /** Id of the execution that began for the key and still holds it; null when it is free. */
  find(key: string, now: number): Promise<string | null>;
  /** Ids of the executions that hold a key beginning with these letters. */
  holders(prefix: string, now: number): Promise<string[]>;
  /** Removes what has expired. */
  prune(now: number): Promise<void>;
}

/** Moved on as part of executions: see `ExecutionInsert.slot`. */
export interface ScheduleStore {
  /** By id of the trigger node, the latest point in time up to which its slots were handled. */
  lastSlots(workflowId: string): Promise<ReadonlyMap<string, number>>;
  /** These and no others are the schedule triggers of the workflow, and what was before `at` is handled. */
  begin(workflowId: string, nodeIds: readonly string[], at: number): Promise<void>;
}

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
