import type {
  ApprovalDecision,
  ExecutionError,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  Item,
  NodeRunSummary,
  PendingItem,
  WorkflowDocument,
} from '../../../contract/index.ts';
import type { ItemList } from '../../node-kit/index.ts';
import type { KeptData } from './execution-parts.ts';
import type { Page } from './page.ts';

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
