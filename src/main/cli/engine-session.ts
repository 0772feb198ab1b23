import { mkdtemp, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, readDataFolderOwner, type EngineClient } from '../../engine/app.ts';
import { isEngineError, readConfig, type ConfigOverrides } from '../../engine/kernel/index.ts';
import type { CommandCall } from './command.ts';
import { textOption } from './command.ts';
import { connectToOwner } from './owner-client.ts';

/** An engine to work with, whether it lives in this process or another one owns the data folder. */
export interface EngineSession {
  readonly client: EngineClient;
  /** The bytes of a backup file. */
  backup(withKey: boolean): Promise<Readable>;
  close(): Promise<void>;
}

/**
 * Opens the data folder, or, when a running engine owns it, works through that one's API. With `temporary` and no
 * `--data` a folder is made for this session and removed with it.
 */
export async function openEngine(call: CommandCall, options: { temporary: boolean }): Promise<EngineSession> {
  const dataDir = textOption(call, 'data');
  const databaseUrl = textOption(call, 'database-url');
  const temporaryDir =
    options.temporary && dataDir === undefined ? await mkdtemp(join(tmpdir(), 'guixuflow-')) : null;
  const removeFolder = async () => {
    if (temporaryDir) await rm(temporaryDir, { recursive: true, force: true });
  };
  const overrides: ConfigOverrides = { locale: call.output.locale };
  if (dataDir !== undefined) overrides.dataDir = dataDir;
  if (temporaryDir !== null) overrides.temporaryDir = temporaryDir;
  if (databaseUrl !== undefined) overrides.databaseUrl = databaseUrl;

  try {
    // A temporary folder means: nothing of this run stays anywhere, not in a shared database either.
    const config = readConfig(temporaryDir ? { ...call.env, GUIXU_DATABASE_URL: '' } : call.env, overrides);
    try {
      const app = await createApp(config, { host: 'headless', listen: false, activate: false });
      await app.start();
      return {
        client: app.client,
        backup: async (withKey) => (await app.backup({ withKey })).content,
        async close() {
          await app.stop();
          await removeFolder();
        },
      };
    } catch (error) {
      const owner =
        isEngineError(error) && error.code === 'DATA_FOLDER_LOCKED'
          ? readDataFolderOwner(config.dataDir)
          : null;
      if (!owner) throw error;
      return await connectToOwner(owner, call.output.locale, error);
    }
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
