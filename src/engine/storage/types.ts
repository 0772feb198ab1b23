import type {
  ApprovalDecision,
  BinaryReference,
  Callback,
  CredentialSummary,
  ExecutionError,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  Item,
  NodeRunSummary,
  Notification,
  PendingItem,
  WorkflowDocument,
  WorkflowSummary,
} from '../../contract/index.ts';
import type { BinaryStore, ItemList } from '../node-kit/index.ts';

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
  /** Throws REVISION_STALE when `revision` is not the stored one, WORKFLOW_NOT_FOUND when there is none. */
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
}

export interface NodeRunRecord extends NodeRunSummary {
  /** Items per main output port; the caller does not change them afterwards. */
  outputs: readonly ItemList[];
}

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

/** All it takes for a waiting execution to go on in another process. */
export interface ExecutionWait {
  /** UTC milliseconds; null when nothing goes on by itself. */
  dueAt: number | null;
  tokenHashes: readonly string[];
  /** JSON data; opaque to storage. */
  snapshot: unknown;
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
  list(query: {
    limit: number;
    cursor?: string;
    workflowId?: string;
    status?: ExecutionStatus;
    mode?: ExecutionMode;
    startedAfter?: number;
    startedBefore?: number;
  }): Promise<Page<ExecutionSummary>>;
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
  /** Undefined when the execution does not wait. */
  snapshot(executionId: string): Promise<unknown>;
  /** Id of the waiting execution that a resume token with this hash is for; null when there is none. */
  findWaiting(tokenHash: string): Promise<string | null>;
  /** Ends executions that a process other than `bootId` left unfinished, but for those that wait. Gives their ids. */
  endOrphans(bootId: string, now: number): Promise<string[]>;
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

export interface SettingStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** Content-addressed bytes: the same content is stored once. */
export interface BlobStore extends BinaryStore {
  has(reference: BinaryReference): Promise<boolean>;
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

export interface Storage {
  readonly dialect: 'sqlite' | 'postgres';
  readonly workflows: WorkflowStore;
  readonly executions: ExecutionStore;
  readonly credentials: CredentialStore;
  readonly keptData: KeptDataStore;
  readonly settings: SettingStore;
  readonly pending: PendingStore;
  readonly callbacks: CallbackStore;
  readonly notifications: NotificationStore;
  readonly blobs: BlobStore;
  /** Commits what is queued and closes. */
  close(): Promise<void>;
}
