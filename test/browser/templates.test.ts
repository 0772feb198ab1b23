import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorpus } from '../../scripts/corpus/cases.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

const folder = fileURLToPath(new URL('../../../shared/n8n-corpus', import.meta.url));
const NODES = '.vue-flow__node';

describe.skipIf(!existsSync(folder))('n8n corpus in the editor (skipped where it is not there)', () => {
  let host: Host;
  let page: Page;
  beforeAll(async () => {
    host = await startHost();
    ({ page } = await openWindow(host.startUrl));
    await page.getByRole('button', { name: 'New workflow' }).waitFor();
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  it('every template opens with all its nodes and no error', { timeout: 600_000 }, async () => {
    const errors: string[] = [];
    let current = '';
    page.on('pageerror', (error) => errors.push(`${current}: ${error.message}`));
    const opened: string[] = [];
    const { templates } = readCorpus(folder);
    for (const { id, workflow } of templates) {
      current = id;
      const imported = await host.api<{ id: string; document: { nodes: unknown[] } }>(
        'POST',
        '/workflows/import',
        {
          text: JSON.stringify(workflow),
        },
      );
      await page.evaluate((workflowId) => (location.hash = `#/workflows/${workflowId}`), imported.id);
      await page.locator(`[data-workflow-id="${imported.id}"]`).waitFor();
      await page.waitForFunction(
        ([selector, count]) => document.querySelectorAll(selector).length === count,
        [NODES, imported.document.nodes.length] as const,
      );
      opened.push(id);
    }
    expect(errors).toEqual([]);
    expect(opened).toHaveLength(templates.length);
  });
});
