import type { Callback, ExecutionError, Notification, PendingItem } from '../../../contract/index.ts';

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
