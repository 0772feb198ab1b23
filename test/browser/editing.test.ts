import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';
import { chain, set, start } from './workflows.ts';

describe('editing a workflow', () => {
  let host: Host;
  let page: Page;
  let editor: Editor;
  let id: string;
  const document = chain('Edited', start, set('First', 'a', '1'), set('Second', 'b', '2'));
  beforeAll(async () => {
    host = await startHost();
    ({ page } = await openWindow(host.startUrl));
    editor = new Editor(page);
    ({ id } = await host.api<{ id: string }>('POST', '/workflows', { document }));
    // The first page goes its own way until it is there.
    await page.getByRole('button', { name: 'New workflow' }).waitFor();
    await page.goto(`${host.url}/#/workflows/${id}`);
    await editor.node('Second').waitFor();
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  it('copies, pastes and deletes with the keyboard, and undoes it', async () => {
    await editor.node('Second').click();
    await page.keyboard.press('ControlOrMeta+c');
    await page.keyboard.press('ControlOrMeta+v');
    await expect.poll(() => page.locator('[data-status]').count()).toBe(4);
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('[data-status]').count()).toBe(3);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => page.locator('[data-status]').count()).toBe(4);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => page.locator('[data-status]').count()).toBe(3);
  });

  it('adds a node with Tab, words and Enter alone', async () => {
    await page.getByTestId('canvas').click({ position: { x: 700, y: 600 } });
    await page.keyboard.press('Tab');
    await page.getByTestId('palette-search').waitFor();
    await page.keyboard.type('no operation');
    await page.keyboard.press('Enter');
    await editor.node('No operation').waitFor();
    await page.keyboard.press('ControlOrMeta+z');
    await editor.node('No operation').waitFor({ state: 'detached' });
  });

  it('renames a node and every expression that names it', async () => {
    await editor.open('Second');
    await editor.express('assignments.0.value', `{{ $('First').item.json.a }}`);
    await editor.closePanel();
    await editor.node('First').click();
    await page.keyboard.press('F2');
    await page.getByTestId('rename-input').locator('input').fill('Order "1"');
    await page.getByTestId('rename-confirm').click();
    await editor.open('Second');
    expect(await editor.parameter('assignments.0.value').textContent()).toContain(
      `$('Order "1"').item.json.a`,
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await editor.panel.waitFor({ state: 'detached' });
    await editor.save();
  });

  it('exports a file that imports as the same workflow', async () => {
    await page.getByTestId('editor-menu').click();
    const download = page.waitForEvent('download');
    await page.getByText('Export as JSON').click();
    const text = await readFile(await (await download).path(), 'utf8');
    const imported = await host.api<{ document: { nodes: unknown; connections: unknown } }>(
      'POST',
      '/workflows/import',
      { text },
    );
    const { document: stored } = await host.api<{ document: { nodes: unknown; connections: unknown } }>(
      'GET',
      `/workflows/${id}`,
    );
    expect(imported.document.nodes).toEqual(stored.nodes);
    expect(imported.document.connections).toEqual(stored.connections);
  });

  it('loses nothing when somebody else saved in the meantime', async () => {
    const { revision, document: theirs } = await host.api<{ revision: number; document: { name: string } }>(
      'GET',
      `/workflows/${id}`,
    );
    await editor.rename('Mine');
    await host.api('PUT', `/workflows/${id}`, { revision, document: { ...theirs, name: 'Theirs' } });
    await page.getByTestId('save-button').click();
    await page.getByTestId('stale-copy').click();
    await page.getByTestId('save-state').filter({ hasText: 'Saved' }).waitFor();
    const { items } = await host.api<{ items: Array<{ name: string }> }>('GET', '/workflows?search=ine');
    expect(items.map(({ name }) => name).join()).toContain('Mine');
    expect((await host.api<{ name: string }>('GET', `/workflows/${id}`)).name).toBe('Theirs');
  });

  it('names its controls for people who cannot see them', async () => {
    for (const name of ['Run', 'Save', /^Undo/, /^Redo/, /^Add/])
      expect(await page.getByRole('button', { name }).first().isVisible()).toBe(true);
    expect(await page.getByRole('navigation').count()).toBeGreaterThan(0);
    expect(await page.getByRole('switch', { name: 'Active' }).count()).toBe(1);
  });
});
