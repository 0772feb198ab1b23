import { existsSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const MB = 1024 * 1024;

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp({ env: { GUIXU_BODY_LIMIT: '1MB', GUIXU_UPLOAD_LIMIT: '300MB' } });
  const { client } = engine.app;
  const parameters = { path: 'take', respond: 'at-end' };
  const nodes = [{ id: 'hook', name: 'Hook', type: 'webhook-trigger', parameters }];
  const { id } = await client.workflows.create({ document: WorkflowDocument.parse({ name: 'Take', nodes }) });
  await client.workflows.activate({ id });
});
afterAll(() => engine.stop());

const files = (folder: string) => {
  const path = join(engine.dataDir, 'blobs', folder);
  return existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
};

const bytesIncoming = () =>
  files('incoming').reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

it('writes an upload to disk while it comes', async () => {
  const piece = Buffer.alloc(MB, 'x');
  const total = 20 * MB;
  async function* body() {
    for (let sent = 0; sent < total; sent += piece.length) {
      // No more is sent before most of what was sent is on disk.
      await vi.waitFor(() => expect(bytesIncoming()).toBeGreaterThanOrEqual(sent - 4 * MB));
      yield piece;
    }
  }
  const response = await fetch(`${engine.app.url}/webhook/take`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: body(),
    duplex: 'half',
  } as unknown as RequestInit);
  expect(response.status).toBe(200);
  const { items } = await engine.app.client.executions.list({});
  const { nodeRuns } = await engine.app.client.executions.get({ id: items[0]!.id });
  expect(nodeRuns[0]?.outputs[0]?.[0]?.binary).toMatchObject({ data: { size: total } });
});

it('removes what came of an upload that breaks off, and goes on serving', async () => {
  const kept = files('').length;
  const call = request(`${engine.app.url}/webhook/take`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  call.on('error', () => undefined);
  const part = (name: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.bin"\r\n\r\n`;
  call.write(`${part('one')}first\r\n${part('two')}`);
  call.write(Buffer.alloc(MB));
  await vi.waitFor(() => expect(files('incoming')).toHaveLength(2));
  call.destroy();
  await vi.waitFor(() => expect(files('incoming')).toEqual([]));
  expect(files('')).toHaveLength(kept);
  const large = await fetch(`${engine.app.url}/webhook/take`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify('x'.repeat(MB)),
  });
  expect([large.status, await large.json()]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
});
