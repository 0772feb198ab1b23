import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';
import { chain, set, start } from './workflows.ts';

describe('history', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    host = await startHost();
    const run = async (
      name: string,
      ...nodes: Parameters<typeof chain> extends [string, ...infer N] ? N : never
    ) => {
      const { id: workflowId } = await host.api<{ id: string }>('POST', '/workflows', {
        document: chain(name, ...nodes),
      });
      const { id } = await host.api<{ id: string }>('POST', `/workflows/${workflowId}/executions`, {});
      await vi.waitUntil(
        async () =>
          (await host.api<{ finishedAt: number | null }>('GET', `/executions/${id}`)).finishedAt !== null,
      );
    };
    const code = 'throw new Error("no luck")';
    await run('Apples', start, set('Make', 'fruit', 'apple'));
    await run('Pears', start, set('Make', 'fruit', 'pear'));
    await run('Plums', start, { name: 'Fail', type: 'code', parameters: { code } });
    ({ page, errors } = await openWindow(host.startUrl));
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  const rows = () => page.locator('tbody .row-link').allTextContents();
  const see = (names: string[]) => expect.poll(rows, { timeout: 10_000 }).toEqual(names);

  it('is filtered by several states; the address keeps the filter over a reload', async () => {
    await page.goto(`${host.url}/#/executions`);
    await see(['Plums', 'Pears', 'Apples']);
    await page.getByTestId('filter-status').click();
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
    await see(['Plums']);
    await page.getByRole('menuitemcheckbox', { name: 'Success' }).click();
    await see(['Plums', 'Pears', 'Apples']);
    await page.getByRole('menuitemcheckbox', { name: 'Success' }).click();
    await page.keyboard.press('Escape');
    expect(page.url()).toContain('status=failed');
    await page.reload();
    await see(['Plums']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await see(['Plums', 'Pears', 'Apples']);
  });

  it('is searched in its data, and says how far', async () => {
    await page.getByTestId('filter-text').locator('input').fill('PEAR');
    await see(['Pears']);
    await page.getByText('Looked through all 3 executions. 1 found').waitFor();
    await page.reload();
    await see(['Pears']);
    await page.getByTestId('filter-text').locator('input').fill('quince');
    await page.getByText('Nothing matches').or(page.getByText('none found')).first().waitFor();
    await page.getByTestId('filter-text').locator('input').fill('');
    await see(['Plums', 'Pears', 'Apples']);
  });

  it('is kept within limits that are previewed, stored and applied', async () => {
    await page.goto(`${host.url}/#/settings`);
    await page.getByTestId('open-storage').click();
    await page.getByTestId('usage-runData').waitFor();
    await page.getByText('no limit').first().waitFor();
    await page.getByTestId('retention-maxTotal').fill('1');
    await page.getByText(/With these settings, 2 executions \(.*\) would be removed now/).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Clean up now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clean up now' }).click();
    await page.getByText(/The last clean-up removed 2 executions/).waitFor();
    await page.goto(`${host.url}/#/executions`);
    await see(['Plums']);
  });

  it('is downloaded as a backup', async () => {
    await page.goto(`${host.url}/#/settings/storage`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download a backup' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^guixuflow-.*\.zip$/);
    expect(errors).toEqual([]);
  });
});
