import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

const node = (name: string, type: string, x: number, more: Record<string, unknown> = {}) => ({
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: 1,
  position: [x, 300],
  parameters: {},
  ...more,
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

const FOREIGN = {
  name: 'From elsewhere',
  nodes: [
    node('Begin', 'manualTrigger', 0),
    node('Orders', 'nobodyKnows', 220),
    node('Total', 'set', 440, {
      typeVersion: 3.4,
      parameters: {
        assignments: {
          assignments: [
            { id: '1', name: 'total', type: 'number', value: '={{ $json.price * $json.amount }}' },
          ],
        },
      },
    }),
    node('Note', 'stickyNote', 0, {
      parameters: { content: '## Read me\n**Replace** the orders.', color: 4 },
    }),
  ],
  connections: { Begin: to('Orders'), Orders: to('Total') },
  pinData: { Orders: [{ json: { price: 6, amount: 7 } }, { json: { price: 1, amount: 2 } }] },
};

describe('a workflow of n8n', () => {
  let host: Host;
  let page: Page;
  let editor: Editor;
  beforeAll(async () => {
    host = await startHost();
    ({ page } = await openWindow(host.startUrl));
    editor = new Editor(page);
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  it('is pasted onto the canvas, with a list of what to look at', async () => {
    await page.getByRole('button', { name: 'New workflow' }).click();
    await page.getByTestId('canvas').click({ position: { x: 700, y: 600 } });
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(FOREIGN));
    await page.keyboard.press('ControlOrMeta+v');
    const report = page.getByTestId('import-report');
    await report.waitFor();
    expect(await report.textContent()).toContain('n8n-nodes-base.nobodyKnows');
    expect(await report.locator('.counts .is-mapped strong').textContent()).toBe('3');
    expect(await report.locator('.counts .is-unsupported strong').textContent()).toBe('1');
    await page.getByTestId('import-report-close').click();
    await report.waitFor({ state: 'detached' });
    expect(await page.getByTestId('workflow-name').inputValue()).toBe('From elsewhere');
    await page.getByTestId('note-Note').getByText('Read me').waitFor();
  });

  it('runs with its pinned data and gives what it gave there', async () => {
    await page.getByTestId('run-button').click();
    await editor.node('Total').and(page.locator('[data-status="success"]')).waitFor();
    await editor.open('Total');
    const output = editor.panel.getByTestId('output-pane');
    await output.getByText('42').waitFor();
    await output.getByText('2', { exact: true }).first().waitFor();
    await editor.closePanel();
  });

  it('is fetched from a web address that was pasted', async () => {
    const files = createServer((_request, response) => response.end(JSON.stringify(FOREIGN)));
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/workflow.json`;
    await page.getByTestId('canvas').click({ position: { x: 700, y: 600 } });
    await page.evaluate((text) => navigator.clipboard.writeText(text), url);
    await page.keyboard.press('ControlOrMeta+v');
    expect(await page.getByTestId('import-url').locator('input').inputValue()).toBe(url);
    await page.getByTestId('import-url-confirm').click();
    await page.getByTestId('import-report-close').click();
    await editor.node('Total 2').waitFor();
    await page.keyboard.press('ControlOrMeta+z');
    await editor.node('Total 2').waitFor({ state: 'detached' });
    files.close();
  });

  it('keeps what it could not take over, and says so when that is reached', async () => {
    await editor.save();
    const { items } = await host.api<{ items: Array<{ id: string }> }>('GET', '/workflows?search=elsewhere');
    const { document } = await host.api<{
      document: { nodes: Array<{ parameters: { original?: unknown } }> };
    }>('GET', `/workflows/${items[0]?.id}`);
    expect(document.nodes[1]?.parameters.original).toMatchObject({ type: 'n8n-nodes-base.nobodyKnows' });
    await editor.open('Orders');
    await page.getByTestId('pin-button').click();
    await editor.closePanel();
    await page.getByTestId('run-button').click();
    await editor.node('Orders').and(page.locator('[data-status="failed"]')).waitFor();
  });
});
