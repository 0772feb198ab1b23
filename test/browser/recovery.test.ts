import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';
import { chain, set, start } from './workflows.ts';

interface Execution {
  id: string;
  status: string;
  retryOf?: string;
  nodeRuns: Array<{ nodeName: string; outputs: Array<Array<{ json: Record<string, unknown> }>> }>;
}

describe('taking up an execution', () => {
  let host: Host;
  let page: Page;
  let sink: Server;
  let received = 0;
  /** While set, requests get no answer. */
  let isSilent = false;
  beforeAll(async () => {
    sink = createServer((_request, response) => {
      received += 1;
      if (!isSilent) response.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    host = await startHost();
  });
  afterEach(() => page?.close());
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
    sink.closeAllConnections();
    sink.close();
  });

  const sinkUrl = () => {
    const address = sink.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  };
  const detail = (id: string) => host.api<Execution>('GET', `/executions/${id}`);
  const lastOf = (execution: Execution, name: string) =>
    execution.nodeRuns.findLast(({ nodeName }) => nodeName === name)?.outputs[0]?.[0]?.json;

  async function run(document: ReturnType<typeof chain>): Promise<string> {
    const { id: workflowId } = await host.api<{ id: string }>('POST', '/workflows', { document });
    const { id } = await host.api<{ id: string }>('POST', `/workflows/${workflowId}/executions`, {});
    return id;
  }

  it('begins again at a node with edited items, and shows them where the node before gave its own', async () => {
    const id = await run(
      chain('Edited', start, set('Make', 'n', '={{ 20 + 1 }}'), {
        name: 'Check',
        type: 'code',
        parameters: {
          mode: 'all-items',
          code: "const { n } = $input.first().json; if (n === 21) throw new Error('too small'); return [{ json: { n: n * 2 } }];",
        },
      }),
    );
    await expect.poll(async () => (await detail(id)).status).toBe('failed');
    ({ page } = await openWindow(host.startUrl));
    await page.getByRole('heading').first().waitFor();
    await page.goto(`${host.url}/#/executions/${id}`);
    await page.getByText('too small').first().waitFor();
    await page.getByTestId('retry-from-node').click();
    const editor = page.getByTestId('items-json');
    await editor.waitFor();
    await editor.fill('[{ "n": 50');
    await page.getByText(/not a list of objects/).waitFor();
    await editor.fill('[{ "n": 50 }]');
    await page.getByTestId('items-confirm').click();
    await page.waitForURL((url) => url.hash.includes('/executions/') && !url.hash.includes(id));
    await page.getByText('Repeats an earlier execution').waitFor();
    const again = page.url().split('/').at(-1) ?? '';
    await expect.poll(async () => (await detail(again)).status).toBe('success');
    const execution = await detail(again);
    expect(execution.retryOf).toBe(id);
    expect(lastOf(execution, 'Make')).toEqual({ n: 50 });
    expect(lastOf(execution, 'Check')).toEqual({ n: 100 });
  });

  it('asks what became of an effect that a crash interrupted, and goes on with the answer', async () => {
    isSilent = true;
    const id = await run(
      chain(
        'Interrupted',
        start,
        { name: 'Send', type: 'http-request', parameters: { method: 'POST', url: sinkUrl() } },
        set('After', 'got', '={{ $json.ok }}'),
      ),
    );
    await expect.poll(() => received).toBe(1);
    await host.kill();
    isSilent = false;
    host = await startHost(host);
    ({ page } = await openWindow(host.startUrl));
    await page.getByRole('heading').first().waitFor();
    await page.goto(`${host.url}/#/executions/${id}`);
    await page.getByText('Did this take effect?').waitFor();
    await page.getByTestId('decide-done').click();
    await page.getByTestId('items-json').fill('[{ "ok": "by hand" }]');
    await page.getByTestId('items-confirm').click();
    await expect.poll(async () => (await detail(id)).status).toBe('success');
    expect(received).toBe(1);
    expect(lastOf(await detail(id), 'After')).toMatchObject({ got: 'by hand' });
    await page.getByTestId('retry').waitFor();
  });
});
