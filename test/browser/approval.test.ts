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
  name: 'Refunds',
  nodes: [
    node('Hook', 'webhook-trigger', { path: 'refund', methods: ['GET'], respond: 'respond-node' }),
    node('Answer', 'respond-to-webhook', { answer: 'text', text: '={{ $execution.resumeFormUrl }}' }),
    node('Ask', 'approval', {
      title: '=Refund {{ $("Hook").first().json.query.n }}',
      message: 'Please **check** the photos.',
      fields: [{ label: 'Amount', value: '1,280.00' }],
    }),
    node('Paid', 'no-op', {}),
    node('Refused', 'no-op', {}),
  ],
  connections: [
    { from: { node: 'Hook' }, to: { node: 'Answer' } },
    { from: { node: 'Answer' }, to: { node: 'Ask' } },
    { from: { node: 'Ask' }, to: { node: 'Paid' } },
    { from: { node: 'Ask', index: 1 }, to: { node: 'Refused' } },
  ],
};

describe('approvals', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    host = await startHost();
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document: DOCUMENT });
    await host.api('POST', `/workflows/${id}/activate`);
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('link', { name: 'Approvals' }).click();
    await page.getByText('Nothing waits for you').waitFor();
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  const begin = async (n: number) => {
    const answer = await fetch(`${host.url}/webhook/refund?n=${n}`);
    return host.url + new URL(await answer.text()).pathname;
  };
  const card = (n: number) => page.getByTestId('approval').filter({ hasText: `Refund ${n}` });

  it('show up while the page is open, are counted, and are approved with a comment', async () => {
    await begin(1);
    await card(1).waitFor();
    await page.getByRole('link', { name: 'Approvals (1)' }).waitFor();
    await card(1).getByTestId('approval-comment').locator('input').fill('photos are fine');
    await card(1).getByTestId('approve').click();
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByRole('tab', { name: 'Decided' }).click();
    await card(1).getByText('photos are fine').waitFor();
    expect(errors).toEqual([]);
  });

  it('are rejected by a link, which tells what was decided', async () => {
    const link = await begin(2);
    await page.getByRole('link', { name: 'Approvals (1)' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(link);
    await other.getByRole('heading', { name: 'Refund 2' }).waitFor();
    expect(await other.locator('.message strong').textContent()).toBe('check');
    await other.getByLabel('Comment').fill('too late');
    await other.getByLabel('Your name').fill('Ann');
    await other.getByRole('button', { name: 'Reject' }).click();
    await other.getByRole('heading', { name: 'Rejected' }).waitFor();
    await other.goto(link);
    await other.getByText('too late').waitFor();
    await other.close();
    await card(2).getByText('Ann').waitFor();
    await page.getByRole('link', { name: 'Approvals', exact: true }).waitFor();
  });

  it('can be decided where the execution is shown', async () => {
    await begin(3);
    await page.getByRole('link', { name: 'Approvals (1)' }).waitFor();
    await page.getByRole('tab', { name: 'Waiting' }).click();
    await card(3).getByRole('link', { name: 'Refunds' }).click();
    await page.waitForURL(/executions/);
    await card(3).getByTestId('reject').click();
    await page.getByText('Refused').first().waitFor();
    await card(3).waitFor({ state: 'detached' });
  });

  it('are told of by the bell, which leads to them', async () => {
    await begin(4);
    await page.getByTestId('notifications').and(page.getByLabel('1 unread notification')).waitFor();
    await page.getByTestId('notifications').click();
    await page.getByRole('button', { name: '"Refunds" waits for an approval' }).click();
    await card(4).waitFor();
    await page
      .getByTestId('notifications')
      .and(page.getByLabel('Notifications', { exact: true }))
      .waitFor();
    await card(4).getByTestId('approve').click();
    await page.getByText('Nothing waits for you').waitFor();
    expect(errors).toEqual([]);
  });
});
