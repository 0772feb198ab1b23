import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry } from 'yauzl';
import { createId, EngineError, isEngineError, messageOf } from '../kernel/index.ts';
import { checkDatabaseFile, refuseNewerDatabase } from '../storage/index.ts';
import { PENDING_FOLDER } from './finish-restore.ts';
import { hashFile } from './hash-file.ts';
import { BackupManifest, DATABASE_NAME, KEY_NAME, MANIFEST_NAME } from './manifest.ts';

const BLOB_NAME = /^blobs\/([0-9a-f]{2})\/([0-9a-f]{62})$/;
const MANIFEST_LIMIT = 64 * 1024;

/**
 * Unpacks a backup beside the data of `dataDir`, checks all of it, and leaves it where the next `finishRestore` puts it
 * in place; until then nothing of the present data changes. Throws BACKUP_INVALID, DATABASE_TOO_NEW,
 * BACKUP_DATABASE_MISMATCH, and leaves nothing behind then.
 */
export async function stageRestore(
  file: string,
  { dataDir, database }: { dataDir: string; database: 'sqlite' | 'postgres' },
): Promise<BackupManifest> {
  const staging = join(dataDir, `restore-${createId()}.tmp`);
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    const manifest = await unpack(file, staging, database);
    // Only what is whole gets the name that counts.
    await rm(join(dataDir, PENDING_FOLDER), { recursive: true, force: true });
    await rename(staging, join(dataDir, PENDING_FOLDER));
    return manifest;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (isEngineError(error) || isDiskFailure(error)) throw error;
    throw new EngineError('BACKUP_INVALID', { reason: messageOf(error) }, { cause: error });
  }
}

async function unpack(
  file: string,
  staging: string,
  database: 'sqlite' | 'postgres',
): Promise<BackupManifest> {
  const zip = await openPromise(file, { autoClose: false });
  try {
    let manifest: BackupManifest | null = null;
    const files = { count: 0, bytes: 0 };
    const found = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (found.has(name)) throw invalid(`${name} is in it twice`);
      found.add(name);
      if (!manifest) {
        manifest = await readManifest(name, entry, () => zip.openReadStreamPromise(entry));
        refuse(manifest, database);
        continue;
      }
      const path = placeOf(name, manifest);
      if (!path) throw invalid(`${name} does not belong into a backup`);
      const target = join(staging, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(target, { mode: 0o600, flags: 'wx' }),
      );
      const [, start, end] = BLOB_NAME.exec(name) ?? [];
      if (start === undefined || end === undefined) continue;
      if ((await hashFile(target)) !== start + end) throw invalid(`${name} is damaged`);
      files.count += 1;
      files.bytes += entry.uncompressedSize;
    }
    if (!manifest) throw invalid('it is empty');
    if (files.count !== manifest.files.count || files.bytes !== manifest.files.bytes)
      throw invalid(`${manifest.files.count} files are expected, ${files.count} are there`);
    if (manifest.includesKey && !found.has(KEY_NAME)) throw invalid('the key is missing');
    if (manifest.database) await checkDatabase(staging, found, manifest.database);
    // Present even without files, so that the old ones are put aside.
    await mkdir(join(staging, 'blobs'), { recursive: true, mode: 0o700 });
    return manifest;
  } finally {
    zip.close();
  }
}

async function readManifest(
  name: string,
  entry: Entry,
  open: () => Promise<Readable>,
): Promise<BackupManifest> {
  if (name !== MANIFEST_NAME || entry.uncompressedSize > MANIFEST_LIMIT)
    throw invalid('it is not a backup of GuixuFlow');
  const parsed = BackupManifest.safeParse(JSON.parse((await buffer(await open())).toString('utf8')));
  if (!parsed.success) throw invalid('its manifest is of a kind that this GuixuFlow does not know');
  return parsed.data;
}

function refuse({ database: stored }: BackupManifest, database: 'sqlite' | 'postgres'): void {
  if (stored) refuseNewerDatabase(stored.schemaVersion);
  if ((stored === null) !== (database === 'postgres'))
    throw new EngineError('BACKUP_DATABASE_MISMATCH', {
      backup: stored ? 'SQLite' : 'PostgreSQL',
      here: database === 'sqlite' ? 'SQLite' : 'PostgreSQL',
    });
}

function placeOf(name: string, manifest: BackupManifest): string | null {
  if (name === DATABASE_NAME) return manifest.database ? name : null;
  if (name === KEY_NAME) return manifest.includesKey ? name : null;
  return BLOB_NAME.test(name) ? name : null;
}

async function checkDatabase(
  staging: string,
  found: ReadonlySet<string>,
  { sha256, schemaVersion }: NonNullable<BackupManifest['database']>,
): Promise<void> {
  if (!found.has(DATABASE_NAME)) throw invalid('the database is missing');
  const path = join(staging, DATABASE_NAME);
  if ((await hashFile(path)) !== sha256) throw invalid('the database is damaged');
  if (checkDatabaseFile(path) !== schemaVersion) throw invalid('the database is of another schema');
}

function invalid(reason: string): EngineError {
  return new EngineError('BACKUP_INVALID', { reason });
}

/** A full disk or a missing right is not the backup's fault. */
function isDiskFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EACCES' || code === 'EPERM' || code === 'ENOENT' || code === 'EIO';
}
