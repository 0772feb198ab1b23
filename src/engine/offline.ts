/** What is done to a data folder while no engine runs on it. */
import { finishRestore, stageRestore, type BackupManifest } from './backup/index.ts';
import { keyFromText, openEncryptionKey, renewKeyFile, rotateKey } from './credentials/index.ts';
import type { Config } from './kernel/index.ts';
import { openDataFolder, openStorage, storageOptions } from './storage/index.ts';

/**
 * Puts a backup in place of the data in the configured folder, which no engine may be using. Gives what was in the way,
 * kept aside. Throws DATA_FOLDER_LOCKED, BACKUP_INVALID, BACKUP_DATABASE_MISMATCH, DATABASE_TOO_NEW; then nothing has
 * changed.
 */
export async function restoreBackup(
  config: Config,
  file: string,
): Promise<{ manifest: BackupManifest; kept: string[] }> {
  const folder = openDataFolder(config.dataDir);
  try {
    finishRestore(folder.path);
    const manifest = await stageRestore(file, {
      dataDir: folder.path,
      database: storageOptions(config).kind,
    });
    return { manifest, kept: finishRestore(folder.path) ?? [] };
  } finally {
    folder.release();
  }
}

/**
 * Replaces the key of the installation: the one in the data folder by a new one, a configured text by `text`. What is
 * stored stays readable with the new key, and with that one only. Throws DATA_FOLDER_LOCKED, CONFIG_INVALID.
 */
export async function renewKey(
  config: Config,
  text: string | null,
): Promise<{ credentials: number; unreadable: string[] }> {
  const folder = openDataFolder(config.dataDir);
  try {
    const storage = await openStorage(storageOptions(config));
    try {
      const renewed =
        text === null ? renewKeyFile(folder.path) : { key: keyFromText(text), activate: () => undefined };
      const from = openEncryptionKey({ dataDir: folder.path, text: config.encryptionKey });
      return await rotateKey({ storage, from, to: renewed.key, activate: renewed.activate });
    } finally {
      await storage.close();
    }
  } finally {
    folder.release();
  }
}
