import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFileBlobStore } from './blobs/file-blob-store.ts';
import { DocumentHashes } from './document-hashes.ts';
import { SCHEMA_VERSION } from './migrations/migrate.ts';
import { openPostgres } from './postgres/open.ts';
import { createCallbackRepository } from './repositories/callbacks.ts';
import { createCredentialRepository } from './repositories/credentials.ts';
import { createDataTableRepository } from './repositories/data-tables.ts';
import { createExecutionRepository } from './repositories/executions.ts';
import { createHistoryRepository } from './repositories/history.ts';
import { createKeptDataRepository } from './repositories/kept-data.ts';
import { createScheduleRepository } from './repositories/schedules.ts';
import { createNotificationRepository } from './repositories/notifications.ts';
import { createPendingRepository } from './repositories/pending.ts';
import { createSettingRepository } from './repositories/settings.ts';
import { createStartKeyRepository } from './repositories/start-keys.ts';
import { createVersionRepository } from './repositories/versions.ts';
import { createWorkflowRepository } from './repositories/workflows.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Storage } from './types.ts';

/** Blobs lie in files below `dataDir` with either database. */
export type StorageOptions =
  | { kind: 'sqlite'; dataDir: string; synchronous?: 'NORMAL' | 'FULL' }
  | { kind: 'postgres'; url: string; dataDir: string };

/**
 * Opens the database and brings its schema up to date. The caller closes it, and owns the data folder (see
 * `openDataFolder`). Throws DATABASE_TOO_NEW, DATABASE_UNREACHABLE.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const blobs = join(options.dataDir, 'blobs');
  // What a process that was killed had received in part.
  rmSync(join(blobs, 'incoming'), { recursive: true, force: true });
  const database =
    options.kind === 'sqlite'
      ? await openSqlite(join(options.dataDir, 'guixuflow.db'), options.synchronous ?? 'NORMAL')
      : await openPostgres(options.url);
  const documents = new DocumentHashes();
  const executions = createExecutionRepository(database);
  const blobStore = createFileBlobStore(blobs);
  const settings = createSettingRepository(database);
  return {
    dialect: database.dialect,
    workflows: createWorkflowRepository(database, documents),
    versions: createVersionRepository(database, documents),
    executions,
    credentials: createCredentialRepository(database),
    keptData: createKeptDataRepository(database),
    startKeys: createStartKeyRepository(database),
    schedules: createScheduleRepository(database),
    pending: createPendingRepository(database),
    callbacks: createCallbackRepository(database),
    notifications: createNotificationRepository(database),
    dataTables: createDataTableRepository(database),
    settings,
    history: createHistoryRepository(database, { blobs: blobStore, settings }),
    blobs: blobStore,
    copyDatabase: async (path) => ((await database.copyTo(path)) ? SCHEMA_VERSION : null),
    async close() {
      await executions.drained();
      await database.close();
    },
  };
}
