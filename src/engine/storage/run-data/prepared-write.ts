import type {
  BlobReferencesTable,
  ExecutionLogsTable,
  ExecutionMarksTable,
  KeptDataTable,
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
    | (Pick<WorkflowExecutionsTable, 'finished_at' | 'duration_ms' | 'error' | 'marks' | 'data_bytes'> & {
        /** Null where it stays. */
        status: WorkflowExecutionsTable['status'] | null;
      })
    | null;
  /** Null when the execution does not wait any more, absent when nothing changed about that. */
  wait?: { row: WaitsTable; tokenHashes: readonly string[] } | null;
  kept: readonly KeptDataTable[];
  /** All marks of the execution, as rows; undefined where they stay. */
  marks?: readonly ExecutionMarksTable[];
  /** Files that the node runs refer to. */
  blobs?: readonly BlobReferencesTable[];
  /** A piece of a large output, stored ahead of the write that refers to it. */
  piece: { hash: string; content: Uint8Array } | null;
}
