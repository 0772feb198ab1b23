const CHECK_EVERY_MS = 6 * 3_600_000;

/** Looks for a newer release now and then and installs it at the next quit. Packed applications only. */
export async function watchForUpdates(onError: (error: unknown) => void): Promise<void> {
  // Loaded here, since it reads files that only a packed application has.
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.on('error', onError);
  const check = () => void autoUpdater.checkForUpdatesAndNotify().catch(onError);
  check();
  setInterval(check, CHECK_EVERY_MS).unref();
}
