/**
 * Takes pictures of every page and every node's form, to be looked at: `npm run build && npm run screenshots`.
 * They go to test-results/screenshots/<size>-<theme>-<language>/. With words, only pictures whose name has one of them.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { CredentialTypeDescription, NodeTypeDescription } from '../src/contract/index.ts';
import { SHOP_31 } from '../src/engine/workflow/import/openapi/samples.ts';
import { startHost, type Host } from '../test/browser/host.ts';
import { closeBrowser, openWindow, type WindowOptions } from '../test/browser/window.ts';
import { provideChromium } from './services/chromium.ts';

const FOLDER = join('test-results', 'screenshots');
const wanted = process.argv.slice(2);
const chromium = provideChromium(process.env);
if ('missing' in chromium) throw new Error(chromium.missing);
process.env['GUIXU_TEST_CHROMIUM'] = chromium.path;

const host = await startHost();
try {
  const samples = await fillIn(host);
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const locale of ['zh-CN', 'en'] as const)
        await takeAll({ width, height, colorScheme, locale }, samples);
} finally {
  await closeBrowser();
  await host.stop();
}

interface Samples {
  /** Published twice, named, and changed since. */
  versionedId: string;
  /** Of the workflow before and after that change. */
  compared: [string, string];
  approvalId: string;
  approvalPath: string;
  formPath: string;
  workflowId: string;
  tableId: string;
  failedId: string;
  executionId: string;
  nodeTypes: NodeTypeDescription[];
  credentialTypes: CredentialTypeDescription[];
}

/** Workflows, executions and credentials as after some days of use. */
async function fillIn({ api }: Host): Promise<Samples> {
  const store = async (file: string) => {
    const document = JSON.parse(readFileSync(join('playground', `${file}.json`), 'utf8')) as { name: string };
    const { id } = await api<{ id: string }>('POST', '/workflows', { document });
    return id;
  };
  const names = ['02-order-report', '03-batches', '05-join', '06-error-output', '08-pages', '04-routing'];
  const ids: string[] = [];
  for (const name of names) ids.push(await store(name));
  let executionId = '';
  for (const id of ids)
    ({ id: executionId } = await api<{ id: string }>('POST', `/workflows/${id}/executions`, {}));
  const failing = {
    name: '失败的工作流 Failing',
    nodes: [
      { id: 'a', name: 'Start', type: 'manual-trigger', position: [200, 200] },
      {
        id: 'b',
        name: 'Fail 失败',
        type: 'stop-and-error',
        position: [440, 200],
        parameters: { message: '库存不足 No stock left' },
      },
    ],
    connections: [{ from: { node: 'a' }, to: { node: 'b' } }],
  };
  const { id: failedId } = await api<{ id: string }>('POST', '/workflows', { document: failing });
  await api('POST', `/workflows/${failedId}/executions`, {});
  await api('POST', '/credentials', {
    name: '生产环境 Production',
    type: 'bearer-auth',
    data: { token: 'not-a-real-token' },
  });
  const tableId = await storeTable(api);
  const asked = await askForApproval(api);
  return {
    ...(await withVersions(host)),
    ...asked,
    workflowId: ids.at(-1) as string,
    tableId,
    failedId,
    executionId,
    nodeTypes: (await api<{ items: NodeTypeDescription[] }>('GET', '/node-types')).items,
    credentialTypes: (await api<{ items: CredentialTypeDescription[] }>('GET', '/credential-types')).items,
  };
}

/** A data table with a column of each type. */
async function storeTable(api: Host['api']): Promise<string> {
  const { id } = await api<{ id: string }>('POST', '/data-tables', {
    name: '库存 Stock',
    columns: [
      { name: 'sku', type: 'text', unique: true },
      { name: '名称', type: 'text' },
      { name: 'count', type: 'number' },
      { name: 'sold', type: 'boolean' },
      { name: 'since', type: 'date-time' },
      { name: 'about', type: 'json' },
    ],
  });
  const lines = Array.from(
    { length: 60 },
    (_, at) => `A-${at},商品 ${at},${at * 7},${at % 2 === 0},2026-02-01,"[${at}]"`,
  );
  await api('POST', `/data-tables/${id}/import`, {
    csv: ['sku,名称,count,sold,since,about', ...lines].join('\n'),
  });
  return id;
}

/** Three executions that wait for an approval, one of them decided, a form, and a workflow that fails while active. */
async function askForApproval(
  api: Host['api'],
): Promise<Pick<Samples, 'approvalId' | 'approvalPath' | 'formPath'>> {
  const activate = async (document: unknown) => {
    const { id } = await api<{ id: string }>('POST', '/workflows', { document });
    await api('POST', `/workflows/${id}/activate`);
  };
  const hook = (path: string, respond: string) => ({
    id: 'hook',
    name: 'Hook',
    type: 'webhook-trigger',
    position: [0, 0],
    parameters: { path, methods: ['GET'], respond },
  });
  await activate({
    name: '退款审批 Refunds',
    nodes: [
      hook('refund', 'respond-node'),
      {
        id: 'answer',
        name: 'Answer',
        type: 'respond-to-webhook',
        position: [220, 0],
        parameters: { answer: 'text', text: '={{ $execution.resumeFormUrl }}' },
      },
      {
        id: 'ask',
        name: '审批 Approval',
        type: 'approval',
        position: [440, 0],
        parameters: {
          title: '订单 2026-1127 退款 Refund of order 2026-1127',
          message:
            '客户反馈**包装破损**，请核对照片。\n\nThe parcel arrived **damaged**. Please check:\n- the photos\n- the invoice `A-4711`',
          fields: [
            { label: '金额 Amount', value: '¥ 1,280.00' },
            { label: '客户 Customer', value: '王小明 Wang Xiaoming' },
          ],
          limit: 'interval',
          limitAmount: 3,
          limitUnit: 'days',
        },
      },
    ],
    connections: [
      { from: { node: 'hook' }, to: { node: 'answer' } },
      { from: { node: 'answer' }, to: { node: 'ask' } },
    ],
  });
  await activate({
    name: '库存同步 Stock sync',
    nodes: [
      hook('stock', 'immediately'),
      {
        id: 'stop',
        name: 'Fail',
        type: 'stop-and-error',
        position: [220, 0],
        parameters: { message: '库存不足 No stock left' },
      },
    ],
    connections: [{ from: { node: 'hook' }, to: { node: 'stop' } }],
    settings: { callbacks: { failure: 'http://127.0.0.1:9/failed' } },
  });
  await activate({
    name: '报名 Sign up',
    nodes: [
      {
        id: 'form',
        name: 'Form',
        type: 'form-trigger',
        position: [0, 0],
        parameters: {
          path: 'sign-up',
          title: '活动报名 Sign up',
          description: '请填写联系方式。\nPlease leave your contact details.',
          fields: [
            { label: '姓名 Name', required: true },
            { kind: 'email', label: '邮箱 E-mail', required: true },
            { kind: 'radio', label: '场次 Session', options: '上午 Morning\n下午 Afternoon' },
          ],
        },
      },
    ],
  });
  let approvalPath = '';
  for (let call = 0; call < 3; call++) {
    const { pathname } = new URL(await (await fetch(`${host.url}/webhook/refund`)).text());
    approvalPath = pathname;
    await fetch(`${host.url}/webhook/stock`);
  }
  let items: Array<{ executionId: string; nodeId: string }> = [];
  while (items.length < 3) ({ items } = await api<{ items: typeof items }>('GET', '/pending'));
  const [first, second] = items;
  await api('POST', '/pending/decide', { ...first, approved: true, comment: '照片已核对 Photos are fine' });
  return { approvalId: second?.executionId ?? '', approvalPath, formPath: '/form/sign-up' };
}

/** A workflow with a past: nodes that came, went, moved and changed, and an execution before and after. */
async function withVersions({ api }: Host): Promise<Pick<Samples, 'versionedId' | 'compared'>> {
  const set = (id: string, name: string, position: [number, number], value: unknown) => ({
    ...{ id, name, type: 'set-fields', position },
    parameters: { assignments: [{ name: 'total', type: 'any', value }] },
  });
  const hook = { id: 'h', name: 'Webhook', type: 'webhook-trigger', position: [200, 240] };
  const start = { id: 's', name: 'Start 开始', type: 'manual-trigger', position: [200, 400] };
  const from = (node: string, ...to: string[]) => to.map((one) => ({ from: { node }, to: { node: one } }));
  const before = {
    name: '订单 Orders',
    nodes: [
      { ...hook, parameters: { path: 'orders-history', methods: ['POST'] } },
      start,
      set('t', 'Total 合计', [440, 320], '={{ 20 * 3 }}'),
      set('o', 'Old 旧节点', [680, 240], 1),
      set('k', 'Keep 保留', [680, 400], 1),
    ],
    connections: [...from('h', 't'), ...from('s', 't'), ...from('t', 'o', 'k')],
  };
  const after = {
    ...before,
    description: '双十一 Sale',
    nodes: [
      ...before.nodes.slice(0, 2),
      set('t', 'Total 合计', [440, 320], '={{ 20 * 4 }}'),
      set('n', 'Fresh 新节点', [680, 240], 2),
      set('k', 'Keep 保留', [680, 440], 1),
    ],
    connections: [...from('h', 't'), ...from('s', 't'), ...from('t', 'n', 'k')],
  };
  const { id } = await api<{ id: string }>('POST', '/workflows', { document: before });
  const run = async (document: object) =>
    (await api<{ id: string }>('POST', `/workflows/${id}/executions`, { document, startNode: 's' })).id;
  const first = await run(before);
  await api('POST', `/workflows/${id}/activate`);
  await api('PATCH', `/workflows/${id}/versions/1`, {
    name: '首发 Launch',
    note: '第一个稳定版本 First stable version',
  });
  await api('PUT', `/workflows/${id}`, { document: { ...before, description: 'Draft' }, revision: 1 });
  await api('POST', `/workflows/${id}/versions`, { name: '大促之前 Before the sale' });
  await api('PUT', `/workflows/${id}`, { document: after, revision: 2 });
  await api('POST', `/workflows/${id}/versions/1/restore`, { revision: 3 });
  await api('PUT', `/workflows/${id}`, { document: after, revision: 4 });
  return { versionedId: id, compared: [first, await run(after)] };
}

async function takeAll(options: Required<WindowOptions>, samples: Samples): Promise<void> {
  const folder = join(FOLDER, `${options.width}-${options.colorScheme}-${options.locale}`);
  mkdirSync(folder, { recursive: true });
  const { page } = await openWindow(host.startUrl, options);
  await page.getByRole('navigation').first().waitFor();
  const go = (path: string) => page.goto(`${host.url}/#${path}`);
  const take = async (name: string, prepare: () => Promise<unknown>) => {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
    await prepare();
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  await take('workflows', () => go('/workflows'));
  await take('executions', () => go('/executions'));
  await take('executions-search', () => go('/executions?text=stock&status=failed,cancelled&time=custom'));
  await take('execution', async () => {
    await go(`/executions/${samples.executionId}`);
    await page.locator('.vue-flow__node').last().waitFor();
  });
  await take('credentials', () => go('/credentials'));
  await take('data-tables', () => go('/data-tables'));
  await take('data-table', async () => {
    await go(`/data-tables/${samples.tableId}`);
    await page.getByTestId('cell-1-sku').waitFor();
  });
  await take('settings', () => go('/settings'));
  await take('storage', async () => {
    await go('/settings/storage');
    await page.getByTestId('usage-runData').waitFor();
  });
  await take('storage-retention', async () => {
    await go('/settings/storage');
    await page.getByTestId('retention-maxTotal').fill('1');
    await page.getByTestId('restore-file').evaluate((input) => input.parentElement?.scrollIntoView());
  });
  await take('approvals', async () => {
    await go('/approvals');
    await page.getByTestId('approval').first().waitFor();
  });
  await take('approvals-decided', async () => {
    await go('/approvals');
    await page.getByRole('tab').nth(1).click();
    await page.locator('.decision').first().waitFor();
  });
  await take('notifications', async () => {
    await go('/approvals');
    await page.getByTestId('notifications').click();
    await page.locator('#notification-panel li').nth(2).waitFor();
  });
  await take('execution-approval', async () => {
    await go(`/executions/${samples.approvalId}`);
    await page.getByTestId('approval').waitFor();
    await page.locator('.vue-flow__node').last().waitFor();
  });
  await take('execution-callback', async () => {
    const { items } = await host.api<{ items: Array<{ id: string }> }>(
      'GET',
      '/executions?status=failed&mode=webhook',
    );
    await go(`/executions/${items[0]?.id}`);
    await page.locator('.callbacks').waitFor();
  });
  await take('workflow-settings', async () => {
    await go(`/workflows/${samples.workflowId}`);
    await page.getByTestId('editor-menu').click();
    await page.getByRole('menuitem').last().click();
    await page.getByTestId('setting-callback-success').waitFor();
  });
  for (const [name, path] of [
    ['page-approval', samples.approvalPath],
    ['page-form', samples.formPath],
  ] as const) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    await page.goto(host.url + path);
    await page.getByRole('heading').first().waitFor();
    // These pages run no scripts, ours included.
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
  await take('editor', () => go(`/workflows/${samples.workflowId}`));
  await take('editor-palette', async () => {
    await go(`/workflows/${samples.workflowId}`);
    await page.getByTestId('add-node').click();
  });
  await take('editor-ran', async () => {
    await go('/workflows');
    await go(`/workflows/${samples.workflowId}`);
    await page.getByTestId('run-button').click();
    await page.locator('[data-status="success"]').nth(4).waitFor();
  });
  await take('editor-failed', async () => {
    await go(`/workflows/${samples.failedId}`);
    await page.getByTestId('run-button').click();
    await page.locator('[data-status="failed"]').waitFor();
  });
  await take('versions-history', async () => {
    await go(`/workflows/${samples.versionedId}`);
    await page.getByTestId('history-button').click();
    await page.getByTestId('version-1').waitFor();
  });
  await take('versions-save', async () => {
    await go('/workflows');
    await go(`/workflows/${samples.versionedId}`);
    await page.getByTestId('history-button').click();
    await page.getByTestId('save-version').click();
    await page.getByTestId('version-name').waitFor();
  });
  await take('versions-preview', async () => {
    await go('/workflows');
    await go(`/workflows/${samples.versionedId}`);
    await page.getByTestId('history-button').click();
    await page.getByTestId('version-1').getByRole('button').first().click();
    await page.getByTestId('version-preview').locator('.vue-flow__node').last().waitFor();
  });
  await take('versions-compare', async () => {
    await go(`/workflows/${samples.versionedId}/compare?from=1&to=draft`);
    await page.getByTestId('change-node t').click();
  });
  await take('versions-text', async () => {
    await go(`/workflows/${samples.versionedId}/compare?from=1&to=draft`);
    await page.getByRole('radio', { name: 'YAML' }).click();
    await page.getByTestId('text-diff').waitFor();
  });
  await take('versions-same', () => go(`/workflows/${samples.versionedId}/compare?from=1&to=1`));
  await take('executions-compare', async () => {
    await go(`/executions/compare?a=${samples.compared[0]}&b=${samples.compared[1]}`);
    await page.getByTestId('node-comparison').waitFor();
    await page.locator('.vue-flow__node').last().waitFor();
  });
  await take('editor-settings', async () => {
    await go(`/workflows/${samples.workflowId}`);
    await page.getByTestId('editor-menu').click();
    await page.getByRole('menuitem').last().click();
    await page.getByTestId('setting-redact').waitFor();
  });
  await page.keyboard.press('Escape');
  const openApi = async () => {
    await go('/workflows');
    const document = {
      name: 'OpenAPI',
      nodes: [{ id: 'a', name: 'Request', type: 'http-request', position: [300, 200] }],
    };
    const { id } = await host.api<{ id: string }>('POST', '/workflows', { document });
    await go(`/workflows/${id}`);
    await page.getByTestId('node-Request').dblclick();
    await page.getByTestId('openapi-open').click();
    await page.locator('dialog[open]').getByRole('radio').nth(1).click();
  };
  const openApiText = page.getByTestId('openapi-text').locator('textarea');
  await take('openapi-broken', async () => {
    await openApi();
    await openApiText.fill('openapi: 3.0.0\npaths:\n  /orders:\n    get: 7\n');
    await page.getByTestId('openapi-read').click();
    await page.locator('dialog[open]').getByRole('alert').waitFor();
  });
  await take('openapi-operations', async () => {
    await openApi();
    await openApiText.fill(SHOP_31);
    await page.getByTestId('openapi-read').click();
    await page.getByTestId('openapi-search').waitFor();
  });
  for (const operation of ['GET /orders', 'POST /orders', 'POST /files'])
    await take(`openapi-form-${operation.replace(' /', '-').toLowerCase()}`, async () => {
      await openApi();
      await openApiText.fill(SHOP_31);
      await page.getByTestId('openapi-read').click();
      await page.getByTestId(`openapi-operation-${operation}`).click();
      await page.getByTestId('openapi-server').waitFor();
    });
  await page.keyboard.press('Escape');
  for (const { type, texts } of samples.credentialTypes)
    await take(`credential-${type}`, async () => {
      // A dialog that is open goes with its page.
      await go('/workflows');
      await go('/credentials');
      await page.getByTestId('new-credential').first().click();
      const types = page.locator('dialog[open] select').first();
      await types.selectOption({ label: texts[options.locale].name });
    });
  await page.keyboard.press('Escape');
  await take('editor-empty', () => go('/workflows/new'));
  for (const type of samples.nodeTypes.filter(({ hidden }) => !hidden)) {
    await take(`node-${type.type}`, async () => {
      const { id } = await host.api<{ id: string }>('POST', '/workflows', {
        document: {
          name: `Form of ${type.type}`,
          nodes: [{ id: 'a', name: type.texts[options.locale].name, type: type.type, position: [300, 200] }],
        },
      });
      await go(`/workflows/${id}`);
      await page.getByTestId(`node-${type.texts[options.locale].name}`).dblclick();
      await page.getByTestId('node-panel').waitFor();
    });
    await host
      .api<{ items: Array<{ id: string; name: string }> }>('GET', `/workflows?search=Form of ${type.type}`)
      .then(({ items }) => Promise.all(items.map(({ id }) => host.api('DELETE', `/workflows/${id}`))));
  }
  await page.context().close();
}

/** Two frames after the fonts are there and nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What waits pulses for ever.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
