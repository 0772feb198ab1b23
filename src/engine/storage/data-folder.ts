import BetterSqlite3 from 'better-sqlite3';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createId, EngineError, messageOf } from '../kernel/index.ts';

const Owner = z.object({ url: z.string(), token: z.string(), pid: z.number(), bootId: z.string() });
/** Who works on a data folder, and where it can be reached. */
export type DataFolderOwner = z.infer<typeof Owner>;

/** A data folder this process owns: no other engine works on it until `release`. */
export interface DataFolder {
  readonly path: string;
  /** Names this engine instance; differs at every start. */
  readonly bootId: string;
  /** Leaves word where this engine is reached and with which key, for those who find the folder taken. Readable by this user only. */
  announce(url: string, token: string): void;
  release(): void;
}

/**
 * Takes the folder, making it when it is not there. Throws DATA_FOLDER_UNWRITABLE, and DATA_FOLDER_LOCKED with the
 * facts `path`, `url` and `pid` when another engine has it. The lock goes with the process however it ends.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const ownerFile = join(path, 'owner.json');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = join(path, `.write-${createId()}`);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  } catch (cause) {
    throw new EngineError('DATA_FOLDER_UNWRITABLE', { path, reason: messageOf(cause) }, { cause });
  }
  const lock = takeLock(path);
  const bootId = createId();
  // Left over from an owner that was killed.
  rmSync(ownerFile, { force: true });
  return {
    path,
    bootId,
    announce(url, token) {
      const owner: DataFolderOwner = { url, token, pid: process.pid, bootId };
      writeFileSync(ownerFile, JSON.stringify(owner), { mode: 0o600 });
    },
    release() {
      if (!lock.open) return;
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

/** The running owner of a data folder as it announced itself; null when nobody did. */
export function readDataFolderOwner(folder: string): DataFolderOwner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** An open exclusive transaction on a file of its own: the operating system drops it with the process. */
function takeLock(path: string): BetterSqlite3.Database {
  const lock = new BetterSqlite3(join(path, 'lock.db'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive');
    return lock;
  } catch (cause) {
    lock.close();
    const owner = readDataFolderOwner(path);
    const facts = owner ? { owner: ` (${owner.url})`, url: owner.url, pid: owner.pid } : {};
    throw new EngineError('DATA_FOLDER_LOCKED', { path, ...facts }, { cause });
  }
}
