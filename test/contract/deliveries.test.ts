import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const SECRET = 'It is a secret';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
  await activate('github', { authentication: 'github' });
  await activate('stamped', {
    authentication: 'hmac',
    signatureHeader: 'X-Signature',
    signedContent: 'timestamp-body',
    timestampHeader: 'X-Time',
    options: { rateLimit: 20 },
  });
});
afterAll(() => engine.stop());

async function activate(path: string, parameters: Record<string, unknown>) {
  const { client } = engine.app;
  const credential = await client.credentials.create({
    name: path,
    type: 'webhook-secret',
    data: { secret: SECRET },
  });
  const nodes = [
    {
      id: 'hook',
      name: 'Hook',
      type: 'webhook-trigger',
      parameters: { path, respond: 'at-end', ...parameters },
      credentials: { 'webhook-secret': credential.id },
    },
  ];
  const { id } = await client.workflows.create({ document: WorkflowDocument.parse({ name: path, nodes }) });
  await client.workflows.activate({ id });
}

const sign = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex');

async function send(path: string, headers: Record<string, string>, body: string) {
  const response = await fetch(`${engine.app.url}/webhook/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as object };
}

function deliver(id: string, body = '{"action":"opened"}', signed = body) {
  const headers = { 'x-hub-signature-256': `sha256=${sign(signed)}`, 'x-github-delivery': id };
  return send('github', headers, body);
}

const executionCount = async () => (await engine.app.client.executions.list({})).total;

it('begins one execution for a delivery that comes many times at once and after a restart', async () => {
  const before = await executionCount();
  const answers = await Promise.all(Array.from({ length: 30 }, () => deliver('d-1')));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
  const duplicates = answers.filter(({ json }) => 'duplicate' in json);
  expect(duplicates).toHaveLength(29);
  expect(new Set(duplicates.map(({ json }) => JSON.stringify(json))).size).toBe(1);
  expect(await executionCount()).toBe(before + 1);

  const { dataDir } = engine;
  await engine.stop({ keepData: true });
  engine = await startTestApp({ dataDir });
  expect((await deliver('d-1')).json).toEqual(duplicates[0]?.json);
  expect(await executionCount()).toBe(before + 1);
  expect((await deliver('d-2')).json).not.toHaveProperty('duplicate');
});

it('runs nothing for a body that was changed or not signed', async () => {
  const before = await executionCount();
  const changed = await deliver('d-3', '{"action":"closed"}', '{"action":"opened"}');
  expect(changed).toMatchObject({ status: 401, json: { code: 'WEBHOOK_SIGNATURE_INVALID' } });
  expect((await send('github', {}, '{}')).status).toBe(401);
  expect(await executionCount()).toBe(before);
});

it('takes a signature with a timestamp once, and so many calls only', async () => {
  const time = String(Date.now());
  const stamped = (body: string) =>
    send('stamped', { 'x-time': time, 'x-signature': sign(`${time}.${body}`) }, body);
  const before = await executionCount();
  const answers = await Promise.all([stamped('{}'), stamped('{}'), stamped('{"n":1}')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
  expect(await executionCount()).toBe(before + 2);
  for (let sent = 3; sent < 20; sent++) await stamped('{}');
  const refused = await stamped('{"n":2}');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
