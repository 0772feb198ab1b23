import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

const node = (id: string, type: string, parameters: Record<string, unknown>) => ({
  id,
  name: id,
  type,
  parameters,
});

const DOCUMENT = {
  name: 'Application',
  nodes: [
    node('Apply', 'form-trigger', {
      path: 'apply',
      title: 'Apply',
      description: 'Two short pages.',
      fields: [
        { label: 'Name', required: true },
        { kind: 'email', label: 'Mail', required: true },
        { kind: 'radio', label: 'Team', options: 'Blue\nGreen' },
      ],
    }),
    node('Papers', 'form', {
      title: '=Papers of {{ $json.Name }}',
      fields: [{ kind: 'file', label: 'CV', required: true, accept: '.txt' }],
    }),
    node('End', 'form', {
      operation: 'end',
      endTitle: '=Thanks, {{ $("Apply").first().json.Name }}',
      endText: '={{ $json.CV.fileName }} has {{ $json.CV.size }} bytes.',
    }),
  ],
  connections: [
    { from: { node: 'Apply' }, to: { node: 'Papers' } },
    { from: { node: 'Papers' }, to: { node: 'End' } },
  ],
};

describe('a form of two pages', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    host = await startHost();
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document: DOCUMENT });
    await host.api('POST', `/workflows/${id}/activate`);
    ({ page, errors } = await openWindow(`${host.url}/form/apply`));
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  it('is filled in, corrected, sent with a file and closed', async () => {
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('Mail').fill('ann');
    await page.getByLabel('Green').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Mail').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Name').inputValue()).toBe('Ann');
    expect(await page.getByLabel('Green').isChecked()).toBe(true);
    errors.splice(0);

    await page.getByLabel('Mail').fill('ann@example.com');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Papers of Ann' }).waitFor();
    expect(page.url()).toContain('/form-waiting/');
    await page.getByLabel('CV').setInputFiles({
      name: 'cv.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('twelve bytes'),
    });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Thanks, Ann' }).waitFor();
    await page.getByText('cv.txt has 12 bytes.').waitFor();
    expect(errors).toEqual([]);
  });

  it('is closed for whoever comes back to it', async () => {
    await page.reload().catch(() => undefined);
    await page.goto(page.url());
    await page.getByRole('heading', { name: 'This page is closed' }).waitFor();
  });
});
