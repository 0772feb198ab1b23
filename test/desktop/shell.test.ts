import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type {} from '../../src/renderer/client/desktop-bridge.ts';
import { CHROMIUM, runDesktop, type RunningDesktop } from './run-desktop.ts';

describe.skipIf(!existsSync(CHROMIUM))('desktop shell on a fake Electron', () => {
  let desktop: RunningDesktop;
  let page: Page;

  beforeAll(async () => {
    desktop = runDesktop();
    await desktop.engine();
    page = await desktop.electron.control.page();
    // A reload while the first load is still under way would be refused.
    await page.locator('nav').first().waitFor();
  });
  afterAll(() => desktop?.remove());

  async function addWorkflow(name: string) {
    const { url, token } = await desktop.engine();
    const response = await fetch(`${url}/api/v1/workflows`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ document: { name, nodes: [], connections: [] } }),
    });
    expect([response.status, await response.text()]).toEqual([201, expect.stringContaining(name)]);
  }

  it('shows the workflows of the engine, asked over a message port', async () => {
    await addWorkflow('Morning report');
    await page.reload();
    await page.getByText('Morning report').waitFor();
    expect(await page.evaluate(() => Object.keys(window.guixuflowDesktop ?? {}))).toEqual([
      'platform',
      'requestPort',
    ]);
  });

  it('serves its own page under a strict content security policy', async () => {
    const response = await page.reload();
    expect(response?.headers()['content-security-policy']).toContain("script-src 'self';");
    const isBlocked = page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.wasInjected = true';
      document.body.append(script);
      return !('wasInjected' in window);
    });
    expect(await isBlocked).toBe(true);
  });

  it('goes on in the same window after the engine was killed', async () => {
    const { pid } = await desktop.engine();
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    process.kill(pid, 'SIGKILL');
    await desktop.engine(pid);
    await addWorkflow('Evening report');
    await page.evaluate(() => (window.location.hash = '#/executions'));
    await page.evaluate(() => (window.location.hash = '#/workflows'));
    await page.getByText('Evening report').waitFor();
    await page.getByText('Morning report').waitFor();
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  });

  it('gives a window nothing but writing to the clipboard', () => {
    const { control } = desktop.electron;
    const allowed = (permission: string, origin = 'app://guixuflow/') =>
      control.isPermissionAllowed(permission, origin);
    expect(
      ['clipboard-sanitized-write', 'media', 'geolocation', 'notifications', 'clipboard-read'].map((name) =>
        allowed(name),
      ),
    ).toEqual([true, false, false, false, false]);
    expect(allowed('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
  });

  it('opens https links outside and nothing else anywhere', () => {
    const { control, BrowserWindow } = desktop.electron;
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const answers = [
      'https://example.com/docs',
      'http://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
    ].map((url) => contents?.openHandler({ url }).action);
    expect(answers).toEqual(['deny', 'deny', 'deny', 'deny']);
    expect(control.openedOutside).toEqual(['https://example.com/docs']);
  });

  it('keeps a page from leaving the application', () => {
    const contents = desktop.electron.BrowserWindow.getAllWindows()[0]?.webContents;
    const isPrevented = (url: string) => {
      const preventDefault = vi.fn();
      contents?.emit('will-navigate', { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect(
      ['app://guixuflow/#/settings', 'https://example.com/', 'app://guixuflow.example.com/'].map(isPrevented),
    ).toEqual([false, true, true]);
  });

  it('gives no port to a page or frame that is not its own', async () => {
    const { ipcMain, BrowserWindow } = desktop.electron;
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const posted = vi.spyOn(sender!, 'postMessage');
    for (const senderFrame of [
      null,
      { url: 'https://example.com/', parent: null },
      { url: 'app://guixuflow/', parent: {} },
    ]) {
      ipcMain.emit('guixuflow:request-port', { sender, senderFrame });
    }
    expect(posted).not.toHaveBeenCalled();
    ipcMain.emit('guixuflow:request-port', {
      sender,
      senderFrame: { url: 'app://guixuflow/', parent: null },
    });
    expect(posted).toHaveBeenCalledOnce();
    posted.mockRestore();
  });

  it('has a menu in the language of the system', () => {
    expect(desktop.electron.control.menu.map(({ label }) => label)).toEqual([
      'File',
      'Edit',
      'View',
      'Window',
      'Help',
    ]);
  });

  it('lets the engine finish when it quits and remembers where the window was', async () => {
    const { pid } = await desktop.engine();
    desktop.electron.app.quit();
    await desktop.electron.control.whenQuit;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    // An engine that came to its own end has let go of the data folder.
    expect(existsSync(join(desktop.userData, 'data', 'owner.json'))).toBe(false);
    expect(JSON.parse(readFileSync(join(desktop.userData, 'window-state.json'), 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 1280, height: 860 },
      isMaximized: false,
    });
    expect(desktop.electron.control.dialogs).toEqual([]);
  });
});
