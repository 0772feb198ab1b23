import { app } from 'electron';
import { Desktop, registerAppScheme } from './desktop.ts';
import { watchForUpdates } from './updates.ts';

// Two engines cannot share a data folder; a second start shows the window of the first.
if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  registerAppScheme();
  app.enableSandbox();
  const desktop = new Desktop();
  void app.whenReady().then(() => {
    desktop.start();
    if (app.isPackaged)
      void watchForUpdates(process.resourcesPath, (error) => process.stderr.write(`${String(error)}\n`));
  });
  app.on('second-instance', () => desktop.focus());
  app.on('activate', () => desktop.focus());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (desktop.quit(() => app.quit())) event.preventDefault();
  });
}
