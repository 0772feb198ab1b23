import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WorkflowDocument, WorkflowDocumentInput, WorkflowVersion } from '../../src/contract/index.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';
import { chain, set, start } from './workflows.ts';

describe('versions', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  let id: string;
  beforeAll(async () => {
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('navigation').first().waitFor();
    ({ id } = await host.api<{ id: string }>('POST', '/workflows', { document: first() }));
    await host.api('POST', `/workflows/${id}/activate`);
    await host.api('PUT', `/workflows/${id}`, { document: second(), revision: 1 });
    await host.api('POST', `/workflows/${id}/activate`);
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  const hook = { name: 'Hook', type: 'webhook-trigger', parameters: { path: 'versions', methods: ['POST'] } };
  const first = () => chain('Orders', hook, set('Total', 'total', 1), set('Old', 'a', 1));
  /** Total gives something else, Old is gone, Fresh is there in its place. */
  function second(): WorkflowDocumentInput {
    const document = chain('Orders', hook, set('Total', 'total', 2), set('Fresh', 'b', 1));
    document.nodes[2]!.id = 'n3';
    document.connections![1]!.to.node = 'n3';
    return document;
  }
  const draft = async () =>
    (await host.api<{ document: WorkflowDocument }>('GET', `/workflows/${id}`)).document;
  const versions = async () =>
    (await host.api<{ items: WorkflowVersion[] }>('GET', `/workflows/${id}/versions`)).items;
  const history = () => page.getByTestId('version-history');
  const rows = () => history().locator('[data-testid^="version-"]');
  const nodeMark = (name: string) => page.getByTestId(`node-${name}`).getAttribute('data-mark');

  it('are listed in the editor, the published one marked', async () => {
    await page.goto(`${host.url}/#/workflows/${id}`);
    await page.getByTestId('history-button').click();
    await history().getByTestId('version-2').waitFor();
    expect(await rows().count()).toBe(2);
    expect(await history().getByTestId('version-2').innerText()).toContain('Published');
    expect(await history().getByTestId('version-1').innerText()).toContain('Published earlier');
    expect(await history().getByText('Today').isVisible()).toBe(true);
  });

  it('are saved by hand with a name and a note, and renamed', async () => {
    await page.getByTestId('save-version').click();
    await page.getByTestId('version-name').locator('input').fill('Sale');
    await page.getByTestId('version-note').locator('textarea').fill('Before the big day');
    await page.getByTestId('version-confirm').click();
    // The draft is what was published last, so that version gets the name.
    await history().getByText('Before the big day').waitFor();
    expect((await versions()).map(({ version, name }) => [version, name])).toEqual([
      [2, 'Sale'],
      [1, ''],
    ]);
    await history().getByRole('button', { name: 'Actions for Sale' }).click();
    await page.getByRole('menuitem', { name: 'Name and note' }).click();
    await page.getByTestId('version-name').locator('input').fill('Big sale');
    await page.keyboard.press('Enter');
    await history().getByText('Big sale').waitFor();
  });

  it('are looked at without touching the draft', async () => {
    await history().getByTestId('version-1').getByRole('button').first().click();
    await page.getByTestId('version-preview').getByTestId('node-Old').waitFor();
    expect(await page.getByTestId('version-preview').getByTestId('node-Fresh').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('version-preview').waitFor({ state: 'detached' });
  });

  it('are compared with the draft on one canvas, field by field, and as text', async () => {
    await history().getByRole('button', { name: 'Actions for Version 1' }).click();
    await page.getByRole('menuitem', { name: 'Compare with the draft' }).click();
    await page.getByTestId('compare-canvas').getByTestId('node-Fresh').waitFor();
    expect(await nodeMark('Total')).toBe('changed');
    expect(await nodeMark('Fresh')).toBe('added');
    expect(await nodeMark('Old')).toBe('removed');
    expect(await nodeMark('Hook')).toBeNull();
    expect(await page.locator('.edge[data-mark="added"]').count()).toBe(1);
    expect(await page.locator('.edge[data-mark="removed"]').count()).toBe(1);

    const changed = page.getByTestId('change-node n1');
    await changed.click();
    const fields = page.getByRole('complementary', { name: 'Changes' }).locator('.value-changes');
    expect(await fields.innerText()).toMatch(/parameters\.assignments\[0\]\.value[\s\S]*1[\s\S]*2/);
    await page.locator('.vue-flow__node.selected').getByTestId('node-Total').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await fields.innerText()).toContain('assignments');

    await page.getByRole('radio', { name: 'YAML' }).click();
    await page.getByTestId('text-diff').waitFor();
    expect(await page.locator('tr.is-removed', { hasText: 'Old' }).count()).toBeGreaterThan(0);
    expect(await page.locator('tr.is-added', { hasText: 'Fresh' }).count()).toBeGreaterThan(0);
  });

  it('show that there is no difference', async () => {
    await page.goto(`${host.url}/#/workflows/${id}/compare?from=2&to=draft`);
    await page.getByText('There is no difference').waitFor();
  });

  it('compare changes that are not saved yet, which are there again on the way back', async () => {
    await page.goto(`${host.url}/#/workflows/${id}`);
    await page.getByTestId('node-Fresh').click();
    await page.keyboard.press('Delete');
    await page.getByTestId('node-Fresh').waitFor({ state: 'detached' });
    await page.getByTestId('history-button').click();
    await page.getByTestId('compare-versions').click();
    await page.getByTestId('compare-canvas').getByTestId('node-Fresh').waitFor();
    expect(await nodeMark('Fresh')).toBe('removed');
    const draftSide = page.getByTestId('compare-to').locator('option:checked');
    expect(await draftSide.innerText()).toContain('not saved');
    await page.getByRole('button', { name: 'Back to the editor' }).click();
    await page.getByTestId('canvas').getByTestId('node-Total').waitFor();
    expect(await page.getByTestId('canvas').getByTestId('node-Fresh').count()).toBe(0);
    await page.getByTestId('save-button').click();
    await page.getByTestId('save-state').getByText('Saved', { exact: true }).waitFor();
  });

  it('are restored, with the draft before it kept', async () => {
    await page.getByTestId('history-button').click();
    await history().getByRole('button', { name: 'Actions for Version 1' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByTestId('canvas').getByTestId('node-Old').waitFor();
    expect((await draft()).nodes.map(({ name }) => name)).toEqual(['Hook', 'Total', 'Old']);
    expect((await versions()).map(({ version, kind, published }) => [version, kind, published])).toEqual([
      [3, 'automatic', false],
      [2, 'published', true],
      [1, 'published', false],
    ]);
    await history().getByTestId('version-3').waitFor();
  });

  it('are deleted after asking', async () => {
    await history().getByRole('button', { name: 'Actions for Version 3' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await history().getByTestId('version-3').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });
});

describe('two executions', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  const ended = (id: string) =>
    vi.waitFor(
      async () =>
        expect((await host.api<{ status: string }>('GET', `/executions/${id}`)).status).toBe('success'),
      { timeout: 10_000 },
    );
  beforeAll(async () => {
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('navigation').first().waitFor();
    const run = async (document: WorkflowDocumentInput, workflowId: string) => {
      const { id } = await host.api<{ id: string }>('POST', `/workflows/${workflowId}/executions`, {
        document,
      });
      await ended(id);
    };
    const before = chain('Compared', start, set('Total', 'total', 1), set('Old', 'a', 1));
    const after = chain('Compared', start, set('Total', 'total', 2), set('Fresh', 'b', 1));
    after.nodes[2]!.id = 'n3';
    after.connections![1]!.to.node = 'n3';
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document: before });
    await run(before, id);
    await run(after, id);
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });
  const outcome = (name: string) => page.getByTestId(`aligned-${name}`).getAttribute('data-outcome');

  it('are chosen in the list and shown node by node', async () => {
    await page.goto(`${host.url}/#/executions`);
    for (const row of [0, 1]) await page.locator('tbody tr').nth(row).getByRole('checkbox').check();
    await page.getByTestId('compare-executions-button').click();
    await page.getByTestId('aligned-Total').waitFor();
    expect(await outcome('Start')).toBe('same');
    expect(await outcome('Total')).toBe('differs');
    expect(await outcome('Old')).toBe('only-a');
    expect(await outcome('Fresh')).toBe('only-b');
    // The first difference is what one sees at once.
    expect(await page.getByTestId('node-comparison').innerText()).toMatch(/\[0\]\.total[\s\S]*1[\s\S]*2/);
  });

  it('show where each of them went on the canvas', async () => {
    await page.getByTestId('aligned-Old').click();
    await page.locator('.vue-flow__node.selected').getByTestId('node-Old').waitFor();
    await page.getByTestId('aligned-Fresh').click();
    await page.locator('.vue-flow__node.selected').getByTestId('node-Fresh').waitFor();
    await page.getByText('Only differences').click();
    expect(await page.locator('[data-outcome]').count()).toBe(3);
  });

  it('are reached from one of them', async () => {
    await page.getByRole('link', { name: 'Open execution B' }).click();
    await page.getByTestId('compare-with').click();
    await page.getByRole('dialog').locator('li button').first().click();
    await page.getByTestId('aligned-Total').waitFor();
    expect(await outcome('Old')).toBe('only-a');
    expect(errors).toEqual([]);
  });
});
