import type { Config } from '../kernel/index.ts';
import type { StorageOptions } from './open-storage.ts';

/** Where and how the configured database is kept. */
export function storageOptions({ databaseUrl, dataDir, sqliteSynchronous }: Config): StorageOptions {
  if (databaseUrl !== null) return { kind: 'postgres', url: databaseUrl, dataDir };
  return { kind: 'sqlite', dataDir, synchronous: sqliteSynchronous === 'full' ? 'FULL' : 'NORMAL' };
}
