import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron, whyNoDisplay } from '../../scripts/start/electron-runtime.ts';

const executablePath = findElectron();
const reason =
  executablePath === null
    ? "Electron's program is not fetched, npm start --desktop does it"
    : whyNoDisplay(process.env, process.platform);

// What a fake Electron cannot show: the real protocol, sandbox and isolation.
describe.skipIf(reason)(`real Electron ${reason ? `(skipped: ${reason})` : ''}`, () => {
  let folder: string;
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guixuflow-electron-'));
    application = await _electron.launch({
      executablePath: executablePath ?? '',
      args: [join(import.meta.dirname, '..', '..'), `--user-data-dir=${join(folder, 'user')}`],
      env: { ...process.env, GUIXU_DATA_DIR: join(folder, 'data'), GUIXU_PORT: '0' } as Record<
        string,
        string
      >,
    });
    page = await application.firstWindow();
  });
  afterAll(async () => {
    await application?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('opens a window of its own protocol that shows the workflows', async () => {
    await page.waitForURL('app://guixuflow/**');
    await page.locator('main').waitFor();
  });

  it('keeps Node away from the page', async () => {
    const seen = await page.evaluate(() => ['require', 'process', 'Buffer'].filter((name) => name in window));
    expect(seen).toEqual([]);
  });

  it('refuses files outside of the renderer', async () => {
    const status = await page.evaluate(async () => (await fetch('/%2e%2e%2fmain/desktop.js')).status);
    expect(status).toBe(404);
  });
});
