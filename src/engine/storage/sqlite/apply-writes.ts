import type BetterSqlite3 from 'better-sqlite3';
import { EngineError } from '../../kernel/index.ts';
import type { PreparedWrite } from '../run-data/prepared-write.ts';
import { callbackValues, changeValues, executionValues, pendingValues } from '../run-data/row-values.ts';

/**
 * The hot path of SQLite: statements prepared once, positional parameters, one transaction per call. Kysely would
 * spend more on building each statement than SQLite does on running it.
 */
export class SqliteWriter {
  readonly #db: BetterSqlite3.Database;
  readonly #begin: BetterSqlite3.Statement;
  readonly #commit: BetterSqlite3.Statement;
  readonly #rollback: BetterSqlite3.Statement;
  readonly #insertExecution: BetterSqlite3.Statement;
  readonly #changeExecution: BetterSqlite3.Statement;
  readonly #forgetCrashes: BetterSqlite3.Statement;
  readonly #takeKey: BetterSqlite3.Statement;
  readonly #findKey: BetterSqlite3.Statement;
  readonly #moveSchedule: BetterSqlite3.Statement;
  readonly #insertLog: BetterSqlite3.Statement;
  readonly #insertDocument: BetterSqlite3.Statement;
  readonly #insertPiece: BetterSqlite3.Statement;
  readonly #insertReference: BetterSqlite3.Statement;
  readonly #keep: BetterSqlite3.Statement;
  readonly #setCheckpoint: BetterSqlite3.Statement;
  readonly #deleteCheckpoint: BetterSqlite3.Statement;
  readonly #setUnit: BetterSqlite3.Statement;
  readonly #closeUnits: BetterSqlite3.Statement;
  readonly #deleteMarks: BetterSqlite3.Statement;
  readonly #insertMark: BetterSqlite3.Statement;
  readonly #insertBlob: BetterSqlite3.Statement;
  readonly #deleteWait: BetterSqlite3.Statement;
  readonly #deleteTokens: BetterSqlite3.Statement;
  readonly #insertWait: BetterSqlite3.Statement;
  readonly #insertToken: BetterSqlite3.Statement;
  readonly #decide: BetterSqlite3.Statement;
  readonly #deletePending: BetterSqlite3.Statement;
  readonly #insertPending: BetterSqlite3.Statement;
  readonly #insertCallback: BetterSqlite3.Statement;
  /** Hashes of documents that are in the database for sure. */
  readonly #known = new Set<string>();

  constructor(db: BetterSqlite3.Database) {
    this.#db = db;
    this.#begin = db.prepare('begin immediate');
    this.#commit = db.prepare('commit');
    this.#rollback = db.prepare('rollback');
    this.#insertExecution = db.prepare(
      `insert into workflow_executions (id, workflow_id, workflow_name, version, document_hash, status, mode, boot_id,
        parent_execution_id, parent_call, retry_of, started_at, finished_at, duration_ms, error, marks, data_bytes)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#changeExecution = db.prepare(
      `update workflow_executions set status = coalesce(?, status), finished_at = coalesce(?, finished_at),
        duration_ms = coalesce(?, duration_ms), error = coalesce(?, error), marks = coalesce(?, marks),
        data_bytes = data_bytes + ? where id = ?`,
    );
    this.#forgetCrashes = db.prepare('update workflow_executions set crashes = 0 where id = ?');
    this.#takeKey = db.prepare(
      `insert into start_keys (key, execution_id, created_at, expires_at) values (?, ?, ?, ?)
        on conflict (key) do update set execution_id = excluded.execution_id, created_at = excluded.created_at,
        expires_at = excluded.expires_at where start_keys.expires_at <= excluded.created_at`,
    );
    this.#findKey = db.prepare('select execution_id from start_keys where key = ?').pluck();
    // A clock that was ahead may have left a slot of the future behind.
    this.#moveSchedule = db.prepare(
      `update scheduled_tasks set last_slot = ? where workflow_id = ? and node_id = ?
        and (last_slot < ? or last_slot > ?)`,
    );
    this.#insertLog = db.prepare(
      'insert into execution_logs (execution_id, batch, runs, outputs) values (?, ?, ?, ?)',
    );
    this.#insertDocument = db.prepare(
      'insert or ignore into workflow_documents (hash, content) values (?, ?)',
    );
    this.#insertPiece = db.prepare('insert or ignore into run_data (hash, content) values (?, ?)');
    this.#insertReference = db.prepare(
      'insert or ignore into run_data_references (execution_id, hash) values (?, ?)',
    );
    this.#deleteWait = db.prepare('delete from waits where execution_id = ?');
    this.#deleteTokens = db.prepare('delete from resume_tokens where execution_id = ?');
    this.#insertWait = db.prepare('insert into waits (execution_id, due_at) values (?, ?)');
    this.#insertToken = db.prepare('insert into resume_tokens (hash, execution_id) values (?, ?)');
    this.#setCheckpoint = db.prepare(
      'insert or replace into checkpoints (execution_id, snapshot) values (?, ?)',
    );
    this.#deleteCheckpoint = db.prepare('delete from checkpoints where execution_id = ?');
    this.#setUnit = db.prepare(
      'insert or replace into effect_units (execution_id, node_id, run_index, unit, result) values (?, ?, ?, ?, ?)',
    );
    this.#closeUnits = db.prepare(
      'delete from effect_units where execution_id = ? and node_id = ? and run_index = ?',
    );
    this.#deleteMarks = db.prepare('delete from execution_marks where execution_id = ?');
    this.#insertMark = db.prepare('insert into execution_marks (execution_id, key, value) values (?, ?, ?)');
    this.#insertBlob = db.prepare(
      'insert or ignore into blob_references (execution_id, blob_id, size) values (?, ?, ?)',
    );
    this.#decide = db.prepare(
      `update pending set decision = ?, decided_at = ?
        where execution_id = ? and node_id = ? and run_index = ?`,
    );
    this.#deletePending = db.prepare('delete from pending where execution_id = ? and decided_at is null');
    this.#insertPending = db.prepare(
      `insert into pending (execution_id, node_id, run_index, kind, workflow_id, workflow_name, node_name, about,
        token_hash, since, due_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertCallback = db.prepare(
      `insert into callbacks (id, execution_id, url, credential_id, status, attempts, created_at, next_at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#keep = db.prepare('insert or replace into kept_data (workflow_id, key, value) values (?, ?, ?)');
  }

  apply(writes: readonly PreparedWrite[]): void {
    const stored: string[] = [];
    this.#begin.run();
    try {
      for (const write of writes) this.#applyOne(write, stored);
      this.#commit.run();
    } catch (error) {
      // A full disk has rolled back already.
      if (this.#db.inTransaction) this.#rollback.run();
      throw error;
    }
    for (const hash of stored) this.#known.add(hash);
  }

  forgetDocuments(): void {
    this.#known.clear();
  }

  #applyOne(
    {
      executionId,
      execution,
      startKeys,
      slot,
      document,
      logs,
      change,
      wait,
      hasProgressed,
      checkpoint,
      units,
      closedUnits,
      kept,
      marks,
      blobs,
      pending,
      decided,
      callback,
      piece,
    }: PreparedWrite,
    stored: string[],
  ): void {
    for (const { key, created_at, expires_at } of startKeys ?? []) {
      const { changes } = this.#takeKey.run(key, executionId, created_at, expires_at);
      if (changes === 0)
        throw new EngineError('EXECUTION_STARTED_ALREADY', { id: this.#findKey.get(key), key });
    }
    if (slot && execution) {
      const { last_slot: at, workflow_id, node_id } = slot;
      this.#moveSchedule.run(at, workflow_id, node_id, at, execution.started_at);
    }
    if (document && !this.#known.has(document.hash)) {
      this.#insertDocument.run(document.hash, document.content);
      stored.push(document.hash);
    }
    if (execution) this.#insertExecution.run(executionValues(execution));
    for (const log of logs) this.#insertLog.run(log.execution_id, log.batch, log.runs, log.outputs);
    if (change) {
      const { changes } = this.#changeExecution.run(changeValues(change, executionId));
      if (changes === 0) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
    }
    if (hasProgressed) this.#forgetCrashes.run(executionId);
    if (wait !== undefined) {
      this.#deleteWait.run(executionId);
      this.#deleteTokens.run(executionId);
    }
    if (wait) {
      this.#insertWait.run(executionId, wait.row.due_at);
      for (const hash of wait.tokenHashes) this.#insertToken.run(hash, executionId);
    }
    for (const { decision, decided_at, node_id, run_index } of decided)
      this.#decide.run(decision, decided_at, executionId, node_id, run_index);
    if (pending) this.#deletePending.run(executionId);
    for (const row of pending ?? []) this.#insertPending.run(pendingValues(row));
    if (callback) this.#insertCallback.run(callbackValues(callback));
    for (const { nodeId, runIndex, unit, result } of units)
      this.#setUnit.run(executionId, nodeId, runIndex, unit, result);
    for (const { nodeId, runIndex } of closedUnits) this.#closeUnits.run(executionId, nodeId, runIndex);
    if (checkpoint !== undefined) {
      if (checkpoint === null) this.#deleteCheckpoint.run(executionId);
      else this.#setCheckpoint.run(executionId, checkpoint);
    }
    for (const { workflow_id, key, value } of kept) this.#keep.run(workflow_id, key, value);
    if (marks) {
      this.#deleteMarks.run(executionId);
      for (const { key, value } of marks) this.#insertMark.run(executionId, key, value);
    }
    if (blobs) for (const { blob_id, size } of blobs) this.#insertBlob.run(executionId, blob_id, size);
    if (piece) {
      this.#insertPiece.run(piece.hash, piece.content);
      this.#insertReference.run(executionId, piece.hash);
    }
  }
}
