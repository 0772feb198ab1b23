import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '../../src/contract/index.ts';
import { CLIENT, startProvider } from '../../src/engine/credentials/oauth2/test-provider.ts';
import { Editor } from './editor.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

const PASSWORD = 'planted-secret-5c21';
const database = process.env['GUIXU_TEST_DATABASE_URL'];

describe('credentials', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  let provider: Awaited<ReturnType<typeof startProvider>>;

  beforeAll(async () => {
    provider = await startProvider();
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
    provider.close();
  });

  const dialog = () => page.getByRole('dialog');
  // What is required has a star in its label.
  const field = (label: string) => dialog().getByLabel(new RegExp(`^${label}\\s*\\*?$`));
  async function openNew(type: string): Promise<void> {
    await page.goto(`${host.url}/#/credentials`);
    await page.getByRole('button', { name: 'New credential' }).first().click();
    await field('Type').selectOption({ label: type });
  }

  // A database asks for a password over the network; on a server that lets everybody in, any will do.
  it.skipIf(!database)(
    'PostgreSQL connector: is made, tried, used in a node, and its secret stays',
    async () => {
      const { hostname, port, pathname, username } = new URL(database!);
      await openNew('PostgreSQL');
      await field('Name').fill('Orders database');
      await field('Host').fill(hostname);
      await field('Port').fill('1');
      await field('Database').fill(pathname.slice(1));
      await field('User').fill(username);
      await field('Password').fill(PASSWORD);
      await dialog().getByTestId('credential-test').click();
      const result = dialog().getByTestId('credential-test-result');
      await result.getByText('nothing listens there').waitFor();
      await field('Port').fill(port);
      await result.waitFor({ state: 'detached' });
      await dialog().getByTestId('credential-test').click();
      await result.getByText('accepted this credential').waitFor();
      await dialog().getByRole('button', { name: 'Create' }).click();
      await page.getByText('Orders database').first().waitFor();

      const document = {
        name: 'Ask',
        nodes: [
          { id: 's', name: 'Start', type: 'manual-trigger', position: [200, 200] },
          {
            id: 'q',
            name: 'Query',
            type: 'postgres',
            position: [440, 200],
            parameters: {
              operation: 'execute',
              query: "select 'from the database' as text, {{ 20 + 1 }}::int as n",
            },
          },
        ],
        connections: [{ from: { node: 's' }, to: { node: 'q' } }],
      };
      const { id } = await host.api<{ id: string }>('POST', '/workflows', { document });
      await page.goto(`${host.url}/#/workflows/${id}`);
      const editor = new Editor(page);
      await editor.node('Query').dblclick();
      await editor.panel.getByTestId('credential-database').selectOption({ label: 'Orders database' });
      await editor.panel.getByTestId('run-to-node').click();
      await editor.panel.getByText('from the database').first().waitFor();

      const stored = await host.api<{ document: WorkflowDocument }>('GET', `/workflows/${id}`);
      const { text } = await host.api<{ text: string }>('POST', '/workflows/write', {
        document: stored.document,
        format: 'json',
      });
      const { items } = await host.api<{ items: Array<{ id: string }> }>(
        'GET',
        `/executions?workflowId=${id}`,
      );
      const execution = await host.api('GET', `/executions/${items[0]!.id}`);
      for (const seen of [text, JSON.stringify(execution), await page.content()])
        expect(seen).not.toContain(PASSWORD);

      await editor.panel.getByTestId('close-panel').click();
      await editor.panel.waitFor({ state: 'detached' });
      await page.getByRole('navigation').getByRole('link', { name: 'Credentials' }).click();
      await page.getByText('1 workflow', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Orders database' }).click();
      await dialog().getByRole('link', { name: 'Ask' }).waitFor();
      // What was stored is not shown again, and need not be: it is used.
      expect(await field('Password').inputValue()).toBe('');
      await dialog().getByTestId('credential-test').click();
      await result.getByText('accepted this credential').waitFor();
      await dialog().getByRole('button', { name: 'Cancel' }).click();
      await dialog().waitFor({ state: 'detached' });
      // The attempt that was refused is answered 502, which the browser notes down.
      expect(errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
    },
  );

  it('connects by signing in with the provider in another window', async () => {
    await openNew('OAuth 2.0');
    await field('Name').fill('Drive');
    await field('Authorization URL').fill(`${provider.url}/authorize`);
    await field('Token URL').fill(`${provider.url}/token`);
    await field('Client id').fill(CLIENT.id);
    await field('Client secret').fill(CLIENT.secret);
    expect(await dialog().getByTestId('redirect-url').innerText()).toBe(`${host.url}/oauth/callback`);
    const [window] = await Promise.all([
      page.context().waitForEvent('page'),
      dialog().getByTestId('credential-connect').click(),
    ]);
    await window.getByText('“Drive” is connected').waitFor();
    await window.close();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Drive' }).click();
    await dialog().getByTestId('sign-in').getByText('Connected').waitFor();
    expect(await page.content()).not.toContain(CLIENT.secret);
  });

  it('fills an HTTP request in from a cURL command', async () => {
    const document = {
      name: 'Curl',
      nodes: [{ id: 'r', name: 'Request', type: 'http-request', position: [200, 200] }],
      connections: [],
    };
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document });
    await page.goto(`${host.url}/#/workflows/${id}`);
    const editor = new Editor(page);
    await editor.node('Request').dblclick();
    await editor.panel.getByTestId('curl-open').click();
    const text = dialog().getByTestId('curl-text').locator('textarea');
    await text.fill('wget https://example.com');
    await dialog().getByTestId('curl-apply').click();
    await dialog().getByRole('alert').waitFor();
    await text.fill(`curl -X PUT https://example.com/orders/7 -H 'X-Shop: tea' -d '{"paid":true}'`);
    await dialog().getByTestId('curl-apply').click();
    await expect
      .poll(() =>
        editor
          .parameter('url')
          .locator('input')
          .or(editor.parameter('url').and(page.locator('input')))
          .first()
          .inputValue(),
      )
      .toBe('https://example.com/orders/7');
  });
});
