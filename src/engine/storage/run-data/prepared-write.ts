import type {
  CallbacksTable,
  ExecutionLogsTable,
  KeptDataTable,
  PendingTable,
  WaitsTable,
  WorkflowExecutionsTable,
} from '../tables.ts';

/** An execution write turned into rows: all that is slow or may wait has been done. */
export interface PreparedWrite {
  executionId: string;
  execution: WorkflowExecutionsTable | null;
  /** What the execution runs; stored once per hash. */
  document: { hash: string; content: string } | null;
  logs: readonly ExecutionLogsTable[];
  /** Present when the execution's row exists already. */
  change:
    | (Pick<WorkflowExecutionsTable, 'finished_at' | 'duration_ms' | 'error' | 'marks'> & {
        /** Null where it stays. */
        status: WorkflowExecutionsTable['status'] | null;
      })
    | null;
  /** Null when the execution does not wait any more, absent when nothing changed about that. */
  wait?: { row: WaitsTable; tokenHashes: readonly string[] } | null;
  kept: readonly KeptDataTable[];
  /** All that waits for people from now on; absent when nothing changed about that. */
  pending?: readonly PendingTable[];
  decided: ReadonlyArray<
    Pick<PendingTable, 'node_id' | 'run_index'> & { decision: string; decided_at: number }
  >;
  callback?: CallbacksTable;
  /** A piece of a large output, stored ahead of the write that refers to it. */
  piece: { hash: string; content: Uint8Array } | null;
}
