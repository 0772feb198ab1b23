import { existsSync } from 'node:fs';
import { join } from 'node:path';

const CHECK_EVERY_MS = 6 * 3_600_000;

/**
 * Looks for a newer release now and then and installs it at the next quit. Does nothing in a checkout, and in packages
 * that were made without an update feed.
 */
export async function watchForUpdates(
  resourcesPath: string,
  onError: (error: unknown) => void,
): Promise<void> {
  if (!existsSync(join(resourcesPath, 'app-update.yml'))) return;
  // Loaded here, since it reads files that only a packed application has.
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.on('error', onError);
  const check = () => void autoUpdater.checkForUpdatesAndNotify().catch(onError);
  check();
  setInterval(check, CHECK_EVERY_MS).unref();
}
