import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { createId, EngineError } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import { hashFile } from './hash-file.ts';
import { BLOBS_NAME, DATABASE_NAME, KEY_NAME, MANIFEST_NAME, type BackupManifest } from './manifest.ts';

export interface BackupSource {
  storage: Pick<Storage, 'copyDatabase' | 'blobs'>;
  dataDir: string;
  version: string;
  now(): number;
  /** Holds the removal of files back while `work` goes on. */
  keepFiles<T>(work: () => Promise<T>): Promise<T>;
}

export interface Backup {
  fileName: string;
  manifest: BackupManifest;
  /** The file's bytes. Whoever breaks off destroys it. */
  content: Readable;
}

/**
 * A copy of everything as it is now, as one ZIP file that is made while it is read; the engine goes on meanwhile.
 * Throws BACKUP_KEY_MISSING when the key is wanted and does not lie in the data folder.
 */
export async function writeBackup(source: BackupSource, options: { withKey: boolean }): Promise<Backup> {
  const { dataDir, storage, version } = source;
  const keyPath = join(dataDir, KEY_NAME);
  if (options.withKey && !existsSync(keyPath)) throw new EngineError('BACKUP_KEY_MISSING', { path: keyPath });
  const createdAt = source.now();
  const copyPath = join(dataDir, `backup-${createId()}.tmp`);
  const ready = Promise.withResolvers<Backup>();
  const work = source.keepFiles(async () => {
    try {
      const schemaVersion = await storage.copyDatabase(copyPath);
      const blobs: Array<{ blobId: string; size: number }> = [];
      for await (const some of storage.blobs.list()) blobs.push(...some);
      const manifest: BackupManifest = {
        format: 'guixuflow-backup',
        formatVersion: 1,
        version,
        createdAt,
        database:
          schemaVersion === null
            ? null
            : { schemaVersion, bytes: (await stat(copyPath)).size, sha256: await hashFile(copyPath) },
        files: { count: blobs.length, bytes: blobs.reduce((sum, { size }) => sum + size, 0) },
        includesKey: options.withKey,
      };
      const zip = new ZipFile();
      const content = new Readable().wrap(zip.outputStream as NodeJS.ReadableStream);
      zip.on('error', (error: Error) => content.destroy(error));
      zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 2)), MANIFEST_NAME);
      if (manifest.database) zip.addFile(copyPath, DATABASE_NAME);
      if (options.withKey) zip.addFile(keyPath, KEY_NAME);
      for (const { blobId } of blobs) {
        const parts = [blobId.slice(0, 2), blobId.slice(2)] as const;
        // Named by their hash and mostly compressed as they are.
        zip.addFile(join(dataDir, BLOBS_NAME, ...parts), [BLOBS_NAME, ...parts].join('/'), {
          compress: false,
        });
      }
      zip.end();
      const closed = new Promise<void>((resolve) => content.once('close', () => resolve()));
      ready.resolve({ fileName: fileNameOf(createdAt), manifest, content });
      await closed;
    } finally {
      await rm(copyPath, { force: true });
    }
  });
  work.catch((error: unknown) => ready.reject(error));
  return ready.promise;
}

function fileNameOf(time: number): string {
  return `guixuflow-${new Date(time).toISOString().slice(0, 19).replace(/[:T]/g, '-')}.zip`;
}
