import type { ColumnType, Generated } from 'kysely';

/** JSON kept as text in both dialects; parsed with zod where it is read. */
type JsonText = string;
/** 0 or 1: SQLite has no booleans. */
type Flag = number;
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;

/** A workflow with its draft. */
export interface WorkflowsTable {
  id: string;
  name: string;
  /** The name in lower case, for an order that is the same in both dialects. */
  sort_name: string;
  description: string;
  active: Flag;
  tags: JsonText;
  node_count: number;
  node_types: JsonText;
  revision: number;
  published_version: number | null;
  /** Number of the newest version there ever was: numbers are not given twice, not even after a deletion. */
  last_version: number;
  document: JsonText;
  created_at: number;
  updated_at: number;
}

export interface WorkflowVersionsTable {
  workflow_id: string;
  version: number;
  /** What the workflow was called. */
  name: string;
  document_hash: string;
  kind: 'published' | 'automatic' | 'named';
  /** What a person called this version; empty when nobody did. */
  label: string;
  note: string;
  node_count: number;
  created_at: number;
}

/** Documents of versions and of drafts that ran, each once. */
export interface WorkflowDocumentsTable {
  hash: string;
  content: JsonText;
}

export interface WorkflowExecutionsTable {
  id: string;
  workflow_id: string | null;
  workflow_name: string;
  version: number | null;
  document_hash: string;
  status: string;
  mode: string;
  boot_id: string;
  parent_execution_id: string | null;
  /** Which call of which node of the parent began it; null where none did. */
  parent_call: string | null;
  /** The execution that this one repeats or takes up again. */
  retry_of: string | null;
  /** How often the process ended while this was running. */
  crashes: Generated<number>;
  started_at: number;
  finished_at: number | null;
  duration_ms: number | null;
  error: JsonText | null;
  marks: JsonText | null;
  /** Bytes of its node runs, with pieces of large outputs that others may share. */
  data_bytes: number;
}

/** The marks of executions, one per row, to find them by. */
export interface ExecutionMarksTable {
  execution_id: string;
  key: string;
  value: string;
}

/** Which execution needs which file. */
export interface BlobReferencesTable {
  execution_id: string;
  blob_id: string;
  size: number;
}

/**
 * Node runs, several per row: those of one write share a row, because a row costs more than its content. `runs` is a
 * list of summaries, `outputs` a list as long with their items. A later row replaces what an earlier one said about
 * the same run of the same node.
 */
export interface ExecutionLogsTable {
  execution_id: string;
  /** Grows within an execution in the order of writing. */
  batch: number;
  runs: JsonText;
  outputs: JsonText;
}

/** Compressed pieces of large outputs, named by the hash of their bytes. */
export interface RunDataTable {
  hash: string;
  content: Bytes;
}

/** Which execution needs which piece, so that shared ones go with the last. */
export interface RunDataReferencesTable {
  execution_id: string;
  hash: string;
}

export interface CredentialsTable {
  id: string;
  name: string;
  type: string;
  fields: JsonText;
  secret: Bytes;
  created_at: number;
  updated_at: number;
}

/** What a workflow, or one of its nodes, keeps from one execution to the next. */
export interface KeptDataTable {
  workflow_id: string;
  key: string;
  value: JsonText;
}

/** An execution that waits; gone as soon as it goes on. */
export interface WaitsTable {
  execution_id: string;
  /** The first point in time at which something goes on by itself. */
  due_at: number | null;
}

/** What an execution needs besides its run data to go on in another process; kept after a failure, to go on by hand. */
export interface CheckpointsTable {
  execution_id: string;
  snapshot: JsonText;
}

/** What single items of a node run that is not over have given; gone with its end. */
export interface EffectUnitsTable {
  execution_id: string;
  node_id: string;
  run_index: number;
  unit: number;
  /** Null while the unit is under way. */
  result: JsonText | null;
}

/** What strangers resume an execution with. The tokens themselves are nowhere kept. */
export interface ResumeTokensTable {
  hash: string;
  execution_id: string;
}

/** What an execution began for: until it expires, no other begins for the same. */
export interface StartKeysTable {
  key: string;
  execution_id: string;
  created_at: number;
  expires_at: number;
}

/** How far a schedule trigger of an active workflow has come. */
export interface ScheduledTasksTable {
  workflow_id: string;
  node_id: string;
  /** The latest point in time that was handled; slots after it are still to come or were missed. */
  last_slot: number;
}

/** What goes out when an execution has ended, until it has arrived or was given up. */
export interface CallbacksTable {
  id: string;
  execution_id: string;
  url: string;
  credential_id: string | null;
  status: string;
  attempts: number;
  created_at: number;
  /** Null once nothing more is to be sent. */
  next_at: number | null;
  last_at: number | null;
  last_error: JsonText | null;
  body: JsonText;
}

/** A node run that waits for a person, and what was decided. */
export interface PendingTable {
  execution_id: string;
  node_id: string;
  run_index: number;
  kind: string;
  workflow_id: string | null;
  workflow_name: string;
  node_name: string;
  about: JsonText;
  token_hash: string | null;
  since: number;
  due_at: number | null;
  decision: JsonText | null;
  decided_at: number | null;
}

export interface NotificationsTable {
  /** What it is about; there is one notification about each subject. */
  subject: string;
  kind: string;
  workflow_id: string | null;
  workflow_name: string;
  execution_id: string | null;
  count: number;
  message: string;
  error: JsonText | null;
  at: number;
  read: Flag;
}

export interface DataTablesTable {
  id: string;
  name: string;
  /** The name in lower case: no two tables differ in case only. */
  sort_name: string;
  columns: JsonText;
  /** Id of the newest row there ever was. */
  last_row: number;
  row_count: number;
  created_at: number;
  updated_at: number;
}

export interface DataTableRowsTable {
  table_id: string;
  id: number;
  /** By the ids of columns; empty cells are left out. */
  cells: JsonText;
  created_at: number;
  updated_at: number;
}

/** The values of unique columns: the key is what keeps them unique. */
export interface DataTableUniquesTable {
  table_id: string;
  column_id: string;
  value: string;
  row_id: number;
}

/** What a write of an execution gave, until the execution is over: repeated after a crash, it gives the same again. */
export interface DataTableWritesTable {
  key: string;
  execution_id: string;
  result: JsonText;
}

export interface SettingsTable {
  key: string;
  value: JsonText;
}

export interface SchemaMigrationsTable {
  number: number;
  name: string;
  applied_at: number;
}

export interface Tables {
  workflows: WorkflowsTable;
  workflow_versions: WorkflowVersionsTable;
  workflow_documents: WorkflowDocumentsTable;
  workflow_executions: WorkflowExecutionsTable;
  execution_logs: ExecutionLogsTable;
  execution_marks: ExecutionMarksTable;
  blob_references: BlobReferencesTable;
  run_data: RunDataTable;
  run_data_references: RunDataReferencesTable;
  credentials: CredentialsTable;
  kept_data: KeptDataTable;
  waits: WaitsTable;
  checkpoints: CheckpointsTable;
  effect_units: EffectUnitsTable;
  resume_tokens: ResumeTokensTable;
  start_keys: StartKeysTable;
  scheduled_tasks: ScheduledTasksTable;
  callbacks: CallbacksTable;
  pending: PendingTable;
  notifications: NotificationsTable;
  data_tables: DataTablesTable;
  data_table_rows: DataTableRowsTable;
  data_table_uniques: DataTableUniquesTable;
  data_table_writes: DataTableWritesTable;
  settings: SettingsTable;
  schema_migrations: SchemaMigrationsTable;
}
