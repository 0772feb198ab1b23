import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '../../src/contract/index.ts';
import { SHOP_20, SHOP_31 } from '../../src/engine/workflow/import/openapi/samples.ts';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

describe('OpenAPI documents', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  let server: Server;
  let workflowId: string;
  let editor: Editor;

  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/openapi.yaml') response.end(SHOP_31);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('navigation').first().waitFor();
    const document = {
      name: 'OpenAPI',
      nodes: [{ id: 'r', name: 'Request', type: 'http-request', position: [200, 200] }],
      connections: [],
    };
    ({ id: workflowId } = await host.api<{ id: string }>('POST', '/workflows', { document }));
    await page.goto(`${host.url}/#/workflows/${workflowId}`);
    editor = new Editor(page);
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
    server.close();
  });

  const dialog = () => page.locator('dialog[open]');
  const part = (name: string) => dialog().getByTestId(`openapi-${name}`);
  const field = (path: string) => dialog().getByTestId(`param-${path}`);
  const open = async () => {
    await editor.open('Request');
    await editor.panel.getByTestId('openapi-open').click();
  };
  const readAt = async (path: string) => {
    const { port } = server.address() as AddressInfo;
    await part('url').locator('input').fill(`http://127.0.0.1:${port}${path}`);
    await part('url').locator('input').press('Enter');
  };
  const stored = async () => {
    await editor.closePanel();
    await editor.save();
    const { document } = await host.api<{ document: WorkflowDocument }>('GET', `/workflows/${workflowId}`);
    return document.nodes[0]?.parameters;
  };

  it('says what is wrong with a document, and where', async () => {
    await open();
    await readAt('/none');
    await dialog().getByRole('alert').filter({ hasText: 'answered with status 404' }).waitFor();
    await dialog().getByRole('radio', { name: 'Text' }).click();
    await part('text').locator('textarea').fill('openapi: 3.0.0\npaths:\n  /a:\n    get: 7\n');
    await part('read').click();
    await dialog().getByRole('alert').filter({ hasText: '/paths/~1a/get (line 4)' }).waitFor();
  });

  it('fills a request in from an operation of a document at an address', async () => {
    await dialog().getByRole('radio', { name: 'Web address' }).click();
    await readAt('/openapi.yaml');
    await part('search').locator('input').fill('list ORDERS');
    await expect.poll(() => dialog().getByRole('listitem').count()).toBe(1);
    await part('operation-GET /orders').click();
    await part('credential').filter({ hasText: 'Bearer' }).waitFor();
    await expect.poll(() => field('query.limit').inputValue()).toBe('20');
    await field('query.limit').fill('5');
    await field('query.status-paid').click();
    await dialog().getByTestId('add-query.ids').click();
    await field('query.ids.0.').fill('7');
    await dialog().getByTestId('expression-toggle-header.X-Trace').click();
    await field('header.X-Trace').and(page.locator('.cm-content')).click();
    await page.keyboard.insertText('{{ $json.trace }}');
    await part('apply').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await stored()).toEqual({
      method: 'GET',
      url: 'https://eu.shop.example/v1/orders',
      authentication: 'credential',
      query: [
        { name: 'status', value: 'paid' },
        { name: 'ids', value: '7' },
        { name: 'limit', value: '5' },
      ],
      headers: [{ name: 'X-Trace', value: '={{ $json.trace }}' }],
    });
  });

  it('asks for what is required, and builds a body with its types', async () => {
    await open();
    await readAt('/openapi.yaml');
    await part('operation-GET /orders').click();
    await part('back').click();
    await part('operation-POST /orders').click();
    await field('body.customer').fill('王小明');
    await field('body.size').selectOption({ label: 'large' });
    await part('apply').click();
    await dialog().getByRole('alert').filter({ hasText: '"lines" is empty' }).waitFor();
    await dialog().getByTestId('add-body.lines').click();
    await field('body.lines.0.sku').fill('tea');
    await part('apply').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({
      method: 'POST',
      body: 'json',
      json: { customer: '王小明', size: 'large', lines: [{ sku: 'tea', count: 1 }] },
    });
  });

  it('reads Swagger 2.0 from a file', async () => {
    await open();
    await dialog().getByRole('radio', { name: 'File' }).click();
    const file = { name: 'swagger.json', mimeType: 'application/json', buffer: Buffer.from(SHOP_20) };
    await part('file').setInputFiles(file);
    await dialog().getByText('swagger.json').waitFor();
    await part('read').click();
    await part('operation-PUT /orders/{id}').click();
    await field('path.id').fill('3');
    await part('apply').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({
      method: 'PUT',
      url: 'https://shop.example/v1/orders/3',
      json: { size: 'small' },
    });
    // The engine's refusals that were asked for are told there too.
    expect(errors.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });
});
