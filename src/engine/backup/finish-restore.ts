import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOBS_NAME, DATABASE_NAME, KEY_NAME } from './manifest.ts';

/** A backup that was unpacked and checked; whoever opens the data folder next puts it in place. */
export const PENDING_FOLDER = 'restore-pending';
const KEPT_ASIDE = '.before-restore';
/** The log belongs to its database, and is named after it. */
const LOGS = ['-wal', '-shm'];
const LEFT_OVER = /^(backup|restore)-[0-9a-f-]{36}\.tmp$/;

/**
 * Puts a backup that waits for it in place of the data, which is kept aside as `*.before-restore`. The caller owns the
 * folder, and nothing in it is open. Every step is a rename, and one that was killed in between goes on from there.
 * Gives the paths that were put aside; null when nothing waited.
 */
export function finishRestore(dataDir: string): string[] | null {
  for (const name of existsSync(dataDir) ? readdirSync(dataDir) : [])
    if (LEFT_OVER.test(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
  const pending = join(dataDir, PENDING_FOLDER);
  if (!existsSync(pending)) return null;
  const kept: string[] = [];
  // The key first: what it opens must not be there without it.
  for (const name of [KEY_NAME, BLOBS_NAME, DATABASE_NAME]) {
    const arriving = join(pending, name);
    if (!existsSync(arriving)) continue;
    const path = join(dataDir, name);
    const aside = path + KEPT_ASIDE;
    if (existsSync(path)) {
      for (const end of ['', ...LOGS]) rmSync(aside + end, { recursive: true, force: true });
    }
    for (const end of name === DATABASE_NAME ? LOGS : [])
      if (existsSync(path + end)) renameSync(path + end, aside + end);
    if (existsSync(path)) renameSync(path, aside);
    if (existsSync(aside)) kept.push(aside);
    renameSync(arriving, path);
  }
  rmSync(pending, { recursive: true });
  return kept;
}
