import type { RetentionSettings } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { HistoryStore } from '../types.ts';
import { doomedExecutions, type DoomedExecution } from './doomed-executions.ts';
import { deleteExecutionRows, deletePieces } from './execution-removal.ts';
import { referencedBlobBytes } from './storage-usage.ts';

/** How long a transaction may keep those waiting who want to store something, in milliseconds. */
const TARGET_MS = 4;
const FIRST_BATCH = 16;
const LARGEST_BATCH = 400;
/** Run data beyond this goes after the execution's row, some pieces at a time: it may be gigabytes. */
const HEAVY_BYTES = 4 * 1024 ** 2;
const PIECES_AT_ONCE = 32;
/** With a log above this a reader holds on to the past; what is deleted now would only make it grow. */
const LOG_LIMIT_BYTES = 32 * 1024 ** 2;
/** Batches between two looks at the log: what they write stays far below what it may yet grow by. */
const BATCHES_PER_LOOK = 8;
const RECLAIM_PAGES = 64;
/** Not worth giving back. */
const SLACK_BYTES = 2 * 1024 ** 2;
/** Free room that stays in the file, in parts of it: the next executions need some. */
const FREE_PART = 1 / 20;
/** Rows that a write of an execution left behind before its own are not orphans for so long. */
const ORPHAN_AGE_MS = 24 * 60 * 60 * 1000;

type Prune = HistoryStore['prune'];
type About = Parameters<Prune>[1];

/** See `HistoryStore.prune`. */
export function createPrune(database: Database): Prune {
  let batchSize = FIRST_BATCH;
  let isTidy = false;

  return async (settings, about) => {
    database.smallSteps(true);
    try {
      return await prune(settings, about);
    } finally {
      database.smallSteps(false);
    }
  };

  async function prune(settings: RetentionSettings, about: About): Promise<'done' | 'paused'> {
    if (!isTidy) {
      if (!(await deleteOrphanedPieces(about))) return 'paused';
      isTidy = true;
    }
    // What one walk frees is an estimate: the next one sees what was really freed.
    for (;;) {
      const excessBytes = await excessOf(database, settings.maxBytes);
      let removed = 0;
      for await (const doomed of doomedExecutions(database.read, settings, { now: about.now, excessBytes })) {
        removed += doomed.length;
        if (!(await removeAll(doomed, about))) return 'paused';
      }
      if (removed === 0 || excessBytes <= 0) break;
    }
    return (await giveBack(about)) ? 'done' : 'paused';
  }

  /** False when it has to stop for the log's sake. */
  async function removeAll(doomed: readonly DoomedExecution[], about: About): Promise<boolean> {
    let batches = 0;
    for (let start = 0; start < doomed.length;) {
      if (batches++ % BATCHES_PER_LOOK === 0 && !(await mayWrite())) return false;
      about.signal.throwIfAborted();
      const batch = doomed.slice(start, start + batchSize);
      const heavy = batch.filter(({ dataBytes }) => dataBytes > HEAVY_BYTES).map(({ id }) => id);
      const began = performance.now();
      const removed = await database.atomically(async (db) => {
        const ids = await deleteExecutionRows(
          database,
          db,
          batch.map(({ id }) => id),
          { finishedOnly: true },
        );
        await deletePieces(
          db,
          ids.filter((id) => !heavy.includes(id)),
        );
        return new Set(ids);
      });
      const took = performance.now() - began;
      if (took > TARGET_MS * 1.5) batchSize = Math.max(1, Math.floor(batchSize / 2));
      else if (took < TARGET_MS / 2 && batch.length === batchSize)
        batchSize = Math.min(LARGEST_BATCH, batchSize * 2);
      start += batch.length;
      const gone = batch.filter(({ id }) => removed.has(id));
      about.onBatch({
        executions: gone.length,
        bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
      });
      await othersTurn(took);
      if (!(await removePieces(heavy, about))) return false;
    }
    return true;
  }

  async function removePieces(executionIds: readonly string[], about: About): Promise<boolean> {
    for (const id of executionIds) {
      let dealtWith: number;
      do {
        if (!(await mayWrite())) return false;
        about.signal.throwIfAborted();
        const began = performance.now();
        dealtWith = await database.atomically((db) => deletePieces(db, [id], PIECES_AT_ONCE));
        await othersTurn(performance.now() - began);
      } while (dealtWith === PIECES_AT_ONCE);
    }
    return true;
  }

  /** What a process that was killed had left of executions whose rows were gone, or had never been written. */
  async function deleteOrphanedPieces(about: About): Promise<boolean> {
    const young = createIdAt(about.now - ORPHAN_AGE_MS);
    for (const table of ['run_data_references', 'blob_references'] as const) {
      const orphans = await database.read
        .selectFrom(table)
        .select('execution_id')
        .distinct()
        .where('execution_id', '<', young)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('workflow_executions').select('id').whereRef('id', '=', `${table}.execution_id`),
            ),
          ),
        )
        .execute();
      const ids = orphans.map(({ execution_id }) => execution_id);
      if (!(await removePieces(ids, about))) return false;
      for (const id of ids) {
        await database.atomically((db) =>
          db.deleteFrom('blob_references').where('execution_id', '=', id).execute(),
        );
      }
    }
    return true;
  }

  async function mayWrite(): Promise<boolean> {
    return (await database.size()).log <= LOG_LIMIT_BYTES;
  }

  async function giveBack(about: About): Promise<boolean> {
    for (;;) {
      const { used, free, log } = await database.size();
      if (log > LOG_LIMIT_BYTES) return false;
      if (free <= Math.max(used * FREE_PART, SLACK_BYTES)) return true;
      about.signal.throwIfAborted();
      const began = performance.now();
      await database.reclaim(RECLAIM_PAGES);
      await othersTurn(performance.now() - began);
    }
  }
}

/** By how much the database and the files that executions need are above the limit; 0 or less when they are not. */
export async function excessOf(database: Database, maxBytes: number | null): Promise<number> {
  if (maxBytes === null) return 0;
  const { used } = await database.size();
  return used + (await referencedBlobBytes(database.read)) - maxBytes;
}

/** The first id of a time. */
function createIdAt(time: number): string {
  const hex = Math.max(0, time).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** As much time for others as the last step took: what has come in meanwhile is stored before the next one. */
function othersTurn(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
