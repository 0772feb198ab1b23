import BetterSqlite3 from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { Kysely, SqliteDialect } from 'kysely';
import { EngineError } from '../../kernel/index.ts';
import type { Database } from '../database.ts';
import { migrate, refuseNewer } from '../migrations/migrate.ts';
import type { PreparedWrite } from '../run-data/prepared-write.ts';
import { Turn } from '../turn.ts';
import type { Tables } from '../tables.ts';
import { SqliteWriter } from './apply-writes.ts';

/** Twice the default: rows of run data are some kilobytes, and fewer pages per row cost less per commit. */
const PAGE_BYTES = 8192;
/** A checkpoint every 16 MB of log: hot pages are rewritten in the log many times, and copied back once. */
const CHECKPOINT_PAGES = 2000;
const SMALL_CHECKPOINT_PAGES = 250;
/** Pages of a copy per turn of the event loop. */
const COPIED_PAGES = 200;
const BUSY_TIMEOUT_MS = 5000;
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;
/** Above this the log is emptied ahead of its time; a file keeps its greatest size otherwise. */
const LOG_EMPTIED_BYTES = 24 * 1024 * 1024;

/**
 * Opens the file, making it when it is not there. Throws DATABASE_TOO_NEW and leaves the file alone when a newer
 * program wrote it. `synchronous` NORMAL survives the death of the process, FULL also a power cut.
 */
export async function openSqlite(path: string, synchronous: 'NORMAL' | 'FULL'): Promise<Database> {
  if (existsSync(path)) refuseNewer(storedVersion(path));
  const db = new BetterSqlite3(path);
  const writing = kyselyOver(db);
  try {
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('auto_vacuum = incremental');
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${synchronous}`);
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
    await inTransaction(db, () => migrate(writing, 'sqlite'));
  } catch (error) {
    db.close();
    throw error;
  }
  const writer = new SqliteWriter(db);
  // A connection of its own for reading, so that a reader never sees half of a transaction that awaits something.
  const reader = new BetterSqlite3(path, { readonly: true });
  const read = kyselyOver(reader);
  const turn = new Turn();

  return {
    dialect: 'sqlite',
    read,
    atomically: (work) => turn.take(() => inTransaction(db, () => work(writing))),
    apply(writes: readonly PreparedWrite[]) {
      if (!turn.isTaken) {
        writer.apply(writes);
        return;
      }
      return turn.take(async () => writer.apply(writes));
    },
    forgetDocuments: () => writer.forgetDocuments(),
    reclaim: (pages) => turn.take(async () => void db.pragma(`incremental_vacuum(${pages})`)),
    smallSteps: (isWanted) =>
      void db.pragma(`wal_autocheckpoint = ${isWanted ? SMALL_CHECKPOINT_PAGES : CHECKPOINT_PAGES}`),
    size: () =>
      turn.take(async () => {
        const count = (name: string) => Number(db.pragma(name, { simple: true }));
        const free = count('freelist_count');
        return {
          used: (count('page_count') - free) * PAGE_BYTES,
          free: free * PAGE_BYTES,
          log: emptyLog(db, `${path}-wal`),
        };
      }),
    async copyTo(target) {
      // Over the connection that writes: what it changes meanwhile goes into the copy, another's change would start it anew.
      await db.backup(target, { progress: () => COPIED_PAGES });
      return true;
    },
    async close() {
      await turn.take(async () => {
        reader.close();
        db.close();
      });
    },
  };
}

/** Bytes of the log, after an attempt to empty a large one that gives up at once where someone reads. */
function emptyLog(db: BetterSqlite3.Database, path: string): number {
  const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const before = size();
  if (before <= LOG_EMPTIED_BYTES) return before;
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
  return size();
}

/** The schema of a database file that nobody has open. Throws DATABASE_TOO_NEW, and SQLite's error for a damaged one. */
export function checkDatabaseFile(path: string): number {
  const db = new BetterSqlite3(path, { fileMustExist: true });
  try {
    const verdict = String(db.pragma('quick_check(1)', { simple: true }));
    if (verdict !== 'ok') throw new EngineError('BACKUP_INVALID', { reason: verdict });
  } finally {
    db.close();
  }
  const version = storedVersion(path);
  refuseNewer(version);
  return version;
}

function kyselyOver(database: BetterSqlite3.Database): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

async function inTransaction<T>(db: BetterSqlite3.Database, work: () => Promise<T>): Promise<T> {
  db.exec('begin immediate');
  try {
    const result = await work();
    db.exec('commit');
    return result;
  } catch (error) {
    // A full disk has rolled back already.
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

/** The schema number in an existing file, read without writing to it; 0 for an empty file. */
function storedVersion(path: string): number {
  const db = new BetterSqlite3(path, { readonly: true });
  try {
    const table = db.prepare("select 1 from sqlite_master where name = 'schema_migrations'").get();
    if (!table) return 0;
    return db.prepare('select coalesce(max(number), 0) from schema_migrations').pluck().get() as number;
  } finally {
    db.close();
  }
}
