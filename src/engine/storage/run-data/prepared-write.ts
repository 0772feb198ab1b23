import type { EffectUnit } from '../types.ts';
import type {
  BlobReferencesTable,
  CallbacksTable,
  ExecutionLogsTable,
  ExecutionMarksTable,
  KeptDataTable,
  PendingTable,
  ScheduledTasksTable,
  StartKeysTable,
  WaitsTable,
  WorkflowExecutionsTable,
} from '../tables.ts';

/** An execution write turned into rows: all that is slow or may wait has been done. */
export interface PreparedWrite {
  executionId: string;
  execution: Omit<WorkflowExecutionsTable, 'crashes'> | null;
  /** What no other execution may have begun for, and the slot it is for; absent for most. */
  startKeys?: readonly StartKeysTable[];
  slot?: ScheduledTasksTable;
  /** What the execution runs; stored once per hash. */
  document: { hash: string; content: string } | null;
  logs: readonly ExecutionLogsTable[];
  /** Present when the execution's row exists already. */
  change:
    | (Pick<WorkflowExecutionsTable, 'finished_at' | 'duration_ms' | 'error' | 'marks' | 'data_bytes'> & {
        /** Null where it stays. */
        status: WorkflowExecutionsTable['status'] | null;
      })
    | null;
  /** Null when the execution does not wait any more, absent when nothing changed about that. */
  wait?: { row: WaitsTable; tokenHashes: readonly string[] } | null;
  hasProgressed: boolean;
  /** Null when nothing is to go on any more, absent when it stays as it was. */
  checkpoint?: string | null;
  units: readonly EffectUnit[];
  closedUnits: ReadonlyArray<{ nodeId: string; runIndex: number }>;
  kept: readonly KeptDataTable[];
  /** All marks of the execution, as rows; undefined where they stay. */
  marks?: readonly ExecutionMarksTable[];
  /** Files that the node runs refer to. */
  blobs?: readonly BlobReferencesTable[];
  /** All that waits for people from now on; absent when nothing changed about that. */
  pending?: readonly PendingTable[];
  decided: ReadonlyArray<
    Pick<PendingTable, 'node_id' | 'run_index'> & { decision: string; decided_at: number }
  >;
  callback?: CallbacksTable;
  /** A piece of a large output, stored ahead of the write that refers to it. */
  piece: { hash: string; content: Uint8Array } | null;
}
