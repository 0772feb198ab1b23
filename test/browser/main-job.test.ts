import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

/** Draws, configures and connects webhook → set fields → IF → two answers, by mouse and keyboard. */
async function drawOrders(page: Page): Promise<Editor> {
  const editor = new Editor(page);
  await page.getByRole('button', { name: 'New workflow' }).click();
  await editor.rename('Orders');
  await editor.place('webhook-trigger', { x: 420, y: 300 });
  await editor.place('set-fields', { x: 600, y: 300 });
  await editor.place('if', { x: 780, y: 300 });
  await editor.place('respond-to-webhook', { x: 980, y: 200 });
  await editor.connect('Webhook', 'Set fields');
  await editor.connect('Set fields', 'If');
  await editor.connect('If', 'Respond to Webhook');

  await editor.open('Webhook');
  await editor.fill('path', 'orders');
  expect(await editor.panel.getByTestId('webhook-address').innerText()).toMatch(/http:.*\/webhook\/orders/);
  await editor.fill('respond', 'With a Respond to Webhook node');
  await editor.closePanel();

  await editor.open('Set fields');
  await editor.panel.getByTestId('add-assignments').click();
  await editor.fill('assignments.0.name', 'total');
  await editor.express('assignments.0.value', '{{ $json.body.price * $json.body.amount }}');
  await editor.closePanel();

  await editor.open('If');
  await editor.panel.getByTestId('add-conditions').click();
  await editor.express('conditions.conditions.0.left', '{{ $json.total }}');
  await editor.fill('conditions.conditions.0.type', 'Number');
  await editor.fill('conditions.conditions.0.operation', 'is greater than');
  await editor.fill('conditions.conditions.0.right', '100');
  await editor.closePanel();
  return editor;
}

describe('the main job', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  let editor: Editor;
  beforeAll(async () => {
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    editor = await drawOrders(page);
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  it('undoes and redoes to exactly the same document', async () => {
    const drawn = await exported(page);
    const undo = page.getByTestId('undo');
    let steps = 0;
    for (; await undo.isEnabled(); steps++) await undo.click();
    expect(await page.locator('[data-status]').count()).toBe(0);
    for (let step = 0; step < steps; step++) await page.getByTestId('redo').click();
    expect(await page.getByTestId('redo').isDisabled()).toBe(true);
    expect(await exported(page)).toBe(drawn);
  });

  it('activates, takes a call, shows the run live and every item of every node', async () => {
    await editor.save();
    await page.getByTestId('activate-switch').click();
    await page.getByText('Active', { exact: true }).waitFor();
    await page.getByTestId('executions-link').click();
    await page.getByText('No executions').first().waitFor();

    const call = (body: unknown) =>
      fetch(`${host.url}/webhook/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const answer = await call({ price: 60, amount: 2 });
    expect([answer.status, await answer.json()]).toMatchObject([200, { total: 120 }]);

    // Nobody pressed anything: the list follows the engine.
    await page
      .getByRole('row', { name: /Orders/ })
      .first()
      .click();
    await page.getByTestId('node-Respond to Webhook').and(page.locator('[data-status="success"]')).waitFor();
    await page.getByTestId('node-If').click();
    await page.getByText('120').first().waitFor();
  });

  it('is still there after a reload', async () => {
    await page.reload();
    await page.getByTestId('node-Respond to Webhook').and(page.locator('[data-status="success"]')).waitFor();
    await page.goto(`${host.url}/#/workflows`);
    await page.getByRole('link', { name: 'Orders' }).or(page.getByText('Orders')).first().click();
    await page.getByTestId('node-Set fields').waitFor();
    expect(await page.getByTestId('save-state').textContent()).toContain('Saved');
  });

  it('told nothing but the truth: no error on the page', () => {
    expect(errors).toEqual([]);
  });
});

/** The text of the file that the editor's menu hands out. */
async function exported(page: Page): Promise<string> {
  await page.getByTestId('editor-menu').click();
  const download = page.waitForEvent('download');
  await page.getByText('Export as JSON').click();
  return readFile(await (await download).path(), 'utf8');
}
