import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { API_KEY } from './carriers.ts';
import { LONG, slowDocument, webhookDocument } from './documents.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let dataDir: string;
let running: TestApp[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guixuflow-test-'));
  running = [];
});
afterEach(async () => {
  for (const engine of running) await engine.stop({ keepData: true });
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> {
  const engine = await startTestApp({ dataDir, ...options });
  running.push(engine);
  return engine;
}

async function addActive({ app }: TestApp, name: string, path: string, extra: object = {}) {
  const document = webhookDocument(name, path);
  Object.assign(document.nodes[0]!, extra);
  const { id } = await app.client.workflows.create({ document: WorkflowDocument.parse(document) });
  return app.client.workflows.activate({ id });
}

const call = ({ app }: TestApp, path: string) => fetch(`${app.url}/webhook/${path}`, { method: 'POST' });

describe('activation', () => {
  it('registers webhooks, and deactivation takes them back', async () => {
    const engine = await start();
    const { id, publishedVersion } = await addActive(engine, 'Orders', 'orders');
    expect(publishedVersion).toBe(1);
    expect((await call(engine, 'orders')).status).toBe(200);
    expect((await engine.app.client.workflows.deactivate({ id })).active).toBe(false);
    expect((await call(engine, 'orders')).status).toBe(404);
  });

  it('refuses a path that belongs to another workflow, naming it, and leaves the draft inactive', async () => {
    const engine = await start();
    await addActive(engine, 'First', 'orders');
    await expect(addActive(engine, 'Second', 'orders')).rejects.toMatchObject({
      code: 'WEBHOOK_PATH_TAKEN',
      status: 409,
      message: expect.stringContaining('First') as string,
    });
    const { items } = await engine.app.client.workflows.list({ search: 'Second' });
    expect(items[0]?.active).toBe(false);
  });

  it('outlives a restart', async () => {
    const first = await start();
    await addActive(first, 'Orders', 'orders');
    await first.stop({ keepData: true });
    const second = await start();
    expect((await call(second, 'orders')).status).toBe(200);
  });

  it('marks a workflow whose triggers cannot be registered at start, and the others go on', async () => {
    const first = await start();
    const credential = await first.app.client.credentials.create({
      name: 'token',
      type: 'bearer-auth',
      data: { token: 'hush' },
    });
    const guarded = await addActive(first, 'Guarded', 'guarded', {
      parameters: { path: 'guarded', methods: ['POST'], respond: 'at-end', authentication: 'bearer' },
      credentials: { 'bearer-auth': credential.id },
    });
    await addActive(first, 'Open', 'open');
    await first.stop({ keepData: true });
    const database = new Database(join(dataDir, 'guixuflow.db'));
    database.exec('delete from credentials');
    database.close();

    const second = await start();
    expect((await call(second, 'open')).status).toBe(200);
    const { problems } = await second.app.client.workflows.get({ id: guarded.id });
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'CREDENTIAL_NOT_FOUND' }),
    );
  });
});

describe('stopping', () => {
  it('lets a running execution finish', async () => {
    const engine = await start();
    const { id } = await engine.app.client.executions.start({
      workflowId: 'unsaved',
      document: WorkflowDocument.parse(slowDocument(200)),
    });
    await engine.stop({ keepData: true });
    const again = await start();
    expect((await again.app.client.executions.get({ id })).status).toBe('success');
  });

  it('ends open event streams', async () => {
    const engine = await start();
    const events = (await engine.app.client.events.subscribe({}))[Symbol.asyncIterator]();
    const next = events.next();
    await engine.stop({ keepData: true });
    expect((await next).done).toBe(true);
  });

  it('is done once, however often it is asked for', async () => {
    const engine = await start();
    await Promise.all([engine.app.stop(), engine.app.stop()]);
    await expect(call(engine, 'x')).rejects.toThrow();
  });
});

describe('a restart', () => {
  it('keeps a browser signed in and makes a new start link', async () => {
    const first = await start({ env: { GUIXU_API_KEY: API_KEY } });
    const { port } = new URL(first.app.url ?? '');
    const response = await fetch(first.app.startUrl ?? '', { redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0]?.replace(port, '') ?? '';
    await first.stop({ keepData: true });

    const second = await start();
    const [name, value] = cookie.split('=');
    const headers = { cookie: `${name}${new URL(second.app.url ?? '').port}=${value}` };
    expect((await fetch(`${second.app.url}/api/v1/system`, { headers })).status).toBe(200);
    expect(second.app.startUrl).not.toContain(
      new URL(first.app.startUrl ?? 'http://x').searchParams.get('token') ?? 'none',
    );
  });
});

describe('without a listener', () => {
  it('works over the in-memory client and ports only', async () => {
    const engine = await start({ app: { listen: false } });
    expect([engine.app.url, engine.app.startUrl]).toEqual([null, null]);
    const { id } = await engine.app.client.executions.start({
      workflowId: 'unsaved',
      document: WorkflowDocument.parse(LONG),
    });
    expect((await engine.app.client.executions.stop({ id })).status).toBe('cancelled');
  });
});
