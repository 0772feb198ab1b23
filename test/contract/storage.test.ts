import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_RETENTION, WorkflowDocument } from '../../src/contract/index.ts';
import { API_KEY, CARRIERS, type Connection } from './carriers.ts';
import { SHORT } from './documents.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** Runs a draft so many times; gives the ids, the oldest first. */
async function runShort({ app }: TestApp, texts: string[], name = 'Short'): Promise<string[]> {
  const { id: workflowId } = await app.client.workflows.create({
    document: WorkflowDocument.parse({ ...SHORT, name }),
  });
  const ids: string[] = [];
  for (const text of texts) {
    const { id } = await app.client.executions.start({ workflowId, input: [{ json: { text } }] });
    ids.push(id);
    await vi.waitUntil(
      async () => (await app.client.executions.get({ id, itemLimit: 0 })).finishedAt !== null,
    );
  }
  return ids;
}

describe.each(Object.entries(CARRIERS))('history over %s', (_name, connect) => {
  let engine: TestApp;
  let connection: Connection;
  let ids: string[];
  beforeAll(async () => {
    engine = await startTestApp();
    connection = connect(engine.app);
    ids = await runShort(engine, ['apple', 'pear', 'apple pie']);
  });
  afterAll(async () => {
    connection.close();
    await engine.stop();
  });

  it('filters by one state or by several', async () => {
    const { client } = connection;
    const total = async (status?: Parameters<typeof client.executions.list>[0]['status']) =>
      (await client.executions.list({ status })).total;
    expect([await total('success'), await total(['success', 'failed']), await total(['failed'])]).toEqual([
      3, 3, 0,
    ]);
    expect(await client.executions.list({ mode: ['manual', 'webhook'], markKey: 'none' })).toMatchObject({
      total: 0,
    });
  });

  it('searches the data', async () => {
    const found = await connection.client.executions.search({ text: 'APPLE' });
    expect(found.items.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect(found).toMatchObject({ searched: 3, nextCursor: null });
    const first = await connection.client.executions.search({ text: 'apple', limit: 1 });
    expect(first).toMatchObject({ searched: 1, nextCursor: expect.any(String) as string });
  });

  it('tells what uses the space, keeps settings, and foretells what they remove', async () => {
    const { storage } = connection.client;
    expect(await storage.usage()).toMatchObject({
      executions: 3,
      workflows: [{ name: 'Short', executions: 3 }],
    });
    expect(await storage.retention()).toEqual(DEFAULT_RETENTION);
    const settings = { ...DEFAULT_RETENTION, maxTotal: 1 };
    expect(await storage.preview(settings)).toMatchObject({ executions: 2 });
    expect(await storage.setRetention(settings)).toEqual(settings);
    expect(await storage.retention()).toEqual(settings);
    await expect(storage.setRetention({ ...settings, maxTotal: 0 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await storage.prune()).toMatchObject({ state: 'running' });
    await expect.poll(async () => (await storage.progress()).state).toBe('idle');
    expect(await storage.progress()).toMatchObject({ executions: 2 });
    expect((await connection.client.executions.list({})).items.map(({ id }) => id)).toEqual([ids[2]]);
  });
});

describe('backups over HTTP', () => {
  it('are downloaded and restored; the engine is asked to start anew', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guixuflow-test-'));
    const headers = { 'x-api-key': API_KEY };
    let restarts = 0;
    const first = await startTestApp({ dataDir, app: { restart: () => (restarts += 1) } });
    const [id] = await runShort(first, ['before']);
    const download = await fetch(`${first.app.url}/backup?key=true`, { headers });
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="guixuflow-.*\.zip"$/);
    const file = await download.arrayBuffer();
    expect((await fetch(`${first.app.url}/backup`)).status).toBe(401);

    await first.app.client.executions.delete({ ids: [id ?? ''] });
    const send = (body: ArrayBuffer | string) =>
      fetch(`${first.app.url}/restore`, { method: 'POST', body, headers });
    const refused = await send('not a backup');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'BACKUP_INVALID' });
    const answer = await send(file);
    expect(await answer.json()).toEqual({ createdAt: expect.any(Number) as number, restarts: true });
    await expect.poll(() => restarts).toBe(1);
    await first.stop({ keepData: true });

    const second = await startTestApp({ dataDir });
    expect(await second.app.client.executions.get({ id: id ?? '' })).toMatchObject({ status: 'success' });
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
