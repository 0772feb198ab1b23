import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
let receiver: Server;
let received: Array<{ path: string | undefined; headers: IncomingHttpHeaders; body: string }>;
let status: number;

beforeEach(async () => {
  received = [];
  status = 204;
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterEach(async () => {
  await engine.stop();
  receiver.close();
  receiver.closeAllConnections();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

function document(save: 'all' | 'none', credential: string | null): WorkflowDocument {
  const address = receiver.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return WorkflowDocument.parse({
    name: 'Orders',
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'orders', methods: ['POST'], respond: 'at-end' },
      },
      {
        id: 'check',
        name: 'Check',
        type: 'code',
        parameters: {
          code: 'if ($input.first().json.body.bad) throw new Error("bad order"); return [{ json: { ok: 1 } }];',
        },
      },
    ],
    connections: [{ from: { node: 'hook' }, to: { node: 'check' } }],
    settings: { save, callbacks: { success: `${base}/done`, failure: `${base}/failed`, credential } },
  });
}

async function activate(save: 'all' | 'none' = 'all', credential: string | null = null): Promise<void> {
  const { client } = engine.app;
  const { id } = await client.workflows.create({ document: document(save, credential) });
  await client.workflows.activate({ id });
}

const order = (body: unknown) =>
  fetch(`${engine.app.url}/webhook/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function arrived(count: number) {
  while (received.length < count) await turn();
}

async function callback() {
  const { client } = engine.app;
  const { items } = await client.executions.list({});
  return (await client.executions.callbacks({ id: items[0]?.id ?? '' })).items[0];
}

it('tells the address for successes how an execution ended, signed', async () => {
  engine = await startTestApp();
  const credential = await engine.app.client.credentials.create({
    name: 'Signing',
    type: 'signing-secret',
    data: { secret: 'a shared key' },
  });
  await activate('all', credential.id);
  await order({});
  await arrived(1);
  const [call] = received;
  expect(call?.path).toBe('/done');
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    event: 'execution.success',
    execution: { status: 'success', mode: 'webhook', error: null },
    workflow: { name: 'Orders', version: 1 },
    items: [{ ok: 1 }],
    itemCount: 1,
  });
  const timestamp = String(call?.headers['x-guixuflow-timestamp']);
  const signature = createHmac('sha256', 'a shared key').update(`${timestamp}.${call?.body}`).digest('hex');
  expect(call?.headers['x-guixuflow-signature']).toBe(`sha256=${signature}`);
  while ((await callback())?.status !== 'delivered') await turn();
  expect(await callback()).toMatchObject({
    id: call?.headers['x-guixuflow-delivery'],
    attempts: 1,
    nextAt: null,
    lastError: null,
  });
});

it('tells the address for failures, and goes on trying after a restart', async () => {
  status = 503;
  engine = await startTestApp();
  await activate();
  await order({ bad: true });
  await arrived(1);
  expect(received[0]?.path).toBe('/failed');
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
    event: 'execution.failure',
    execution: { status: 'failed', error: { node: 'Check' } },
    items: [],
  });
  while ((await callback())?.attempts !== 1) await turn();
  const failed = await callback();
  expect(failed).toMatchObject({
    status: 'retrying',
    lastError: { code: 'CALLBACK_REFUSED', details: { status: 503 } },
  });
  expect(failed?.nextAt).toBeGreaterThan(failed?.lastAt ?? 0);

  const { dataDir } = engine;
  await engine.stop({ keepData: true });
  engine = await startTestApp({ dataDir });
  status = 200;
  const { executionId = '', id = '' } = failed ?? {};
  await engine.app.client.executions.sendCallback({ id: executionId, callbackId: id });
  await arrived(2);
  while ((await callback())?.status !== 'delivered') await turn();
  const deliveries = received.map(({ headers }) => headers['x-guixuflow-delivery']);
  expect(deliveries).toEqual([id, id]);
});

it('tells of executions that are not kept', async () => {
  engine = await startTestApp();
  await activate('none');
  await order({});
  await arrived(1);
  expect(received[0]?.path).toBe('/done');
  expect((await engine.app.client.executions.list({})).total).toBe(0);
});

it('does not tell of executions that people run by hand', async () => {
  engine = await startTestApp();
  await activate();
  const { client } = engine.app;
  const { items } = await client.workflows.list({});
  await client.executions.start({
    workflowId: items[0]?.id ?? '',
    startNode: 'hook',
    input: [{ json: { body: {} } }],
  });
  while ((await client.executions.list({ status: 'success' })).total !== 1) await turn();
  expect(await callback()).toBeUndefined();
});
