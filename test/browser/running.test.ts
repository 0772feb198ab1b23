import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowDocumentInput } from '../../src/contract/index.ts';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';
import { chain, set, start, wait } from './workflows.ts';

describe('running in the editor', () => {
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

  const open = async (document: WorkflowDocumentInput) => {
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document });
    // A page of its own: what was changed before would ask whether it may be left.
    const next = await page.context().newPage();
    await page.close();
    page = next;
    editor = new Editor(page);
    await page.goto(`${host.url}/#/workflows/${id}`);
    await page.getByTestId(`node-${document.nodes[0]?.name}`).waitFor();
    return id;
  };
  const succeeded = (name: string) =>
    editor.node(name).and(page.locator('[data-status="success"]')).waitFor();

  it('shows what a node gave, pins it and uses it in place of running', async () => {
    await open(
      chain('Pinning', start, set('Make', 'n', '={{ 20 + 1 }}'), set('Use', 'm', '={{ $json.n * 2 }}')),
    );
    await page.getByTestId('run-button').click();
    await succeeded('Use');
    await editor.open('Make');
    await page.getByTestId('pin-button').click();
    await editor.fill('assignments.0.name', 'other');
    await editor.closePanel();
    await page.getByTestId('run-button').click();
    await succeeded('Use');
    await editor.open('Use');
    await editor.panel.getByTestId('output-pane').getByText('42').first().waitFor();
    await editor.closePanel();
  });

  it('marks results that are out of date', async () => {
    await open(chain('Stale', start, set('Make', 'n', '1'), set('Use', 'm', '2'), set('End', 'o', '3')));
    await page.getByTestId('run-button').click();
    await succeeded('End');
    expect(await page.locator('[data-stale]').count()).toBe(0);
    await editor.open('Use');
    await editor.fill('assignments.0.name', 'other');
    await editor.closePanel();
    await editor.node('End').and(page.locator('[data-stale]')).waitFor();
    expect(await page.locator('[data-stale]').count()).toBe(2);
    await page.getByTestId('run-button').click();
    await expect.poll(() => page.locator('[data-stale]').count()).toBe(0);
  });

  it('previews an expression on the items of the last run while it is typed', async () => {
    await open(chain('Preview', start, set('Make', 'n', '={{ 20 + 1 }}'), set('Use', 'm', '')));
    await page.getByTestId('run-button').click();
    await succeeded('Use');
    await editor.open('Use');
    await editor.express('assignments.0.value', '{{ $json.n * 3 }}');
    await editor.panel.getByTestId('preview-param-assignments.0.value').getByText('63').waitFor();
    await editor.write('assignments.0.value', '{{ $json.n * }}');
    await editor.panel
      .getByTestId('preview-param-assignments.0.value')
      .and(page.locator('.is-error'))
      .waitFor();
    await editor.closePanel();
  });

  it('runs up to one node and no further', async () => {
    await open(chain('Partly', start, set('First', 'a', '1'), set('Second', 'b', '2')));
    await editor.open('First');
    await page.getByTestId('run-to-node').first().click();
    await editor.closePanel();
    await succeeded('First');
    expect(await editor.node('Second').getAttribute('data-status')).toBe('idle');
  });

  it('stops a run at once', async () => {
    await open(chain('Waiting', start, wait(600), set('Never', 'a', '1')));
    await page.getByTestId('run-button').click();
    await page.getByTestId('stop-button').click();
    await editor.node('Wait').and(page.locator('[data-status="cancelled"]')).waitFor();
    await page.getByTestId('run-button').waitFor();
    const { items } = await host.api<{ items: Array<{ status: string; workflowName: string }> }>(
      'GET',
      '/executions?limit=1',
    );
    expect(items).toMatchObject([{ workflowName: 'Waiting', status: 'cancelled' }]);
  });

  it('tells at the node what went wrong', async () => {
    await open(
      chain('Failing', start, {
        name: 'Fail',
        type: 'stop-and-error',
        parameters: { message: 'No stock left' },
      }),
    );
    await page.getByTestId('run-button').click();
    await editor.node('Fail').and(page.locator('[data-status="failed"]')).waitFor();
    await editor.open('Fail');
    await editor.panel.getByText('No stock left').last().waitFor();
    await editor.closePanel();
  });

  it('deactivates: the webhook is gone and says what to do', async () => {
    const id = await open(
      chain('Hook', {
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'hook', methods: ['GET'] },
      }),
    );
    await host.api('POST', `/workflows/${id}/activate`, {});
    await page.reload();
    await page.getByText('Active', { exact: true }).waitFor();
    expect((await fetch(`${host.url}/webhook/hook`)).status).toBe(200);
    await page.getByTestId('activate-switch').click();
    await page.getByText('Inactive', { exact: true }).waitFor();
    const answer = await fetch(`${host.url}/webhook/hook`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/activate/i);
  });

  it('shows what a test call brought where it was waited for, a file too', async () => {
    await open(
      chain('Try', {
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'try', deduplicate: 'body' },
      }),
    );
    await editor.open('Hook');
    await editor.panel.getByTestId('run-to-node').click();
    const waiting = editor.panel.getByTestId('output-listening');
    const url = await waiting.getByTestId('test-url').innerText();
    expect(await waiting.getByTestId('test-curl').innerText()).toContain(`curl "${url}" -H`);
    expect(await waiting.getByTestId('test-curlFile').innerText()).toBe(`curl "${url}" -F "file=@FILE"`);
    const call = (body: BodyInit, headers = {}) => fetch(url, { method: 'POST', headers, body });
    expect((await call('{"greeting":"hello there"}', { 'content-type': 'application/json' })).status).toBe(
      200,
    );
    await editor.panel.getByTestId('output-pane').getByText('hello there').first().waitFor();

    // Once more, at the same node.
    await editor.panel.getByTestId('run-to-node').click();
    await waiting.waitFor();
    const form = new FormData();
    form.append('file', new Blob(['bytes'], { type: 'text/plain' }), 'notes.txt');
    expect((await call(form)).status).toBe(200);
    await editor.panel.getByTestId('output-pane').getByText('notes.txt').first().waitFor();
    await editor.closePanel();
  });

  it('tells the next times of a schedule while one types', async () => {
    await open({
      ...chain('Times', {
        name: 'Daily',
        type: 'schedule-trigger',
        parameters: { rules: [{ every: 'cron', expression: '30 9 * * *' }] },
      }),
      settings: { timezone: 'Asia/Shanghai' },
    });
    await editor.open('Daily');
    const times = editor.panel.getByTestId('next-times').getByRole('listitem');
    await times.nth(9).waitFor();
    expect(await times.first().innerText()).toMatch(/09:30:00.*GMT\+8/);
    await editor.fill('rules.0.expression', '99 9 * * *');
    await editor.panel.getByTestId('next-times-error').waitFor();
    await editor.fill('rules.0.expression', '45 10 * * 1');
    await editor.panel.getByTestId('next-times').getByText('10:45:00').nth(9).waitFor();
    await editor.closePanel();
  });

  it('keeps a page that a webhook serves away from the API', async () => {
    const html = `<p id="out">waiting</p><script>
      fetch('/api/v1/workflows', { credentials: 'include' })
        .then((r) => r.status).catch(() => 'refused').then((s) => { out.textContent = s; });</script>`;
    const id = await open(
      chain(
        'Page',
        {
          name: 'Hook',
          type: 'webhook-trigger',
          parameters: { path: 'page', methods: ['GET'], respond: 'respond-node' },
        },
        {
          name: 'Answer',
          type: 'respond-to-webhook',
          parameters: {
            answer: 'text',
            text: html,
            headers: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
          },
        },
      ),
    );
    await host.api('POST', `/workflows/${id}/activate`, {});
    const served = await page.context().newPage();
    await served.goto(`${host.url}/webhook/page`);
    const outcome = served.locator('#out').filter({ hasNotText: 'waiting' });
    await outcome.waitFor();
    expect(await outcome.textContent()).not.toBe('200');
    await served.close();
  });
});
