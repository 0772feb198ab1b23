import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import type { EngineClient } from '../../src/engine/app.ts';
import { CARRIERS, type Connection } from './carriers.ts';
import { webhookDocument } from './documents.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

describe.each(Object.entries(CARRIERS))('versions over %s', (carrier, connect) => {
  let connection: Connection;
  let client: EngineClient;
  let id: string;
  const path = `versions-${carrier.replace(' ', '-')}`;
  const document = (description: string) =>
    WorkflowDocument.parse({ ...webhookDocument('Versions', path), description });

  beforeEach(async () => {
    connection = connect(engine.app);
    client = connection.client;
    ({ id } = await client.workflows.create({ document: document('first') }));
  });
  afterEach(async () => {
    await client.workflows.delete({ id });
    connection.close();
  });

  it('are published, named, listed, read, renamed and deleted', async () => {
    await client.workflows.activate({ id });
    await client.workflows.save({ id, document: document('second'), revision: 1 });
    const named = await client.workflows.versions.create({ id, name: ' Sale ', note: '双十一' });
    expect(named).toMatchObject({ version: 2, kind: 'named', name: 'Sale', note: '双十一', nodeCount: 1 });

    const page = await client.workflows.versions.list({ id, limit: 1 });
    expect(page).toMatchObject({ total: 2, items: [{ version: 2, published: false }] });
    const next = await client.workflows.versions.list({ id, cursor: page.nextCursor ?? '' });
    expect(next).toMatchObject({ nextCursor: null, items: [{ version: 1, published: true }] });
    const whole = await client.workflows.versions.get({ id, version: 1 });
    expect(whole.document).toMatchObject({ description: 'first', id });

    expect(await client.workflows.versions.update({ id, version: 2, name: 'Big sale' })).toMatchObject({
      name: 'Big sale',
      note: '双十一',
    });
    await client.workflows.versions.delete({ id, version: 2 });
    await expect(client.workflows.versions.get({ id, version: 2 })).rejects.toMatchObject({
      code: 'VERSION_NOT_FOUND',
      status: 404,
    });
    await expect(client.workflows.versions.delete({ id, version: 1 })).rejects.toMatchObject({
      code: 'VERSION_PUBLISHED',
      status: 409,
    });
  });

  it('are restored as the draft, with the draft before them kept and nothing published', async () => {
    await client.workflows.activate({ id });
    const { revision } = await client.workflows.save({ id, document: document('second'), revision: 1 });
    await expect(client.workflows.versions.restore({ id, version: 1, revision: 1 })).rejects.toMatchObject({
      code: 'REVISION_STALE',
      status: 409,
    });
    const restored = await client.workflows.versions.restore({ id, version: 1, revision });
    expect(restored).toMatchObject({ revision: revision + 1, publishedVersion: 1, problems: [] });
    expect(restored.document.description).toBe('first');
    const { items } = await client.workflows.versions.list({ id });
    expect(items.map(({ version, kind }) => [version, kind])).toEqual([
      [2, 'automatic'],
      [1, 'published'],
    ]);
  });

  it('are compared with each other, with the draft, and as documents that are stored nowhere', async () => {
    await expect(client.workflows.versions.diff({ id })).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
    await client.workflows.activate({ id });
    await client.workflows.save({ id, document: document('second'), revision: 1 });
    const since = await client.workflows.versions.diff({ id });
    const fields = [{ path: ['description'], before: 'first', after: 'second' }];
    expect(since.diff).toEqual({ nodes: [], connections: [], fields, pinnedData: [] });
    expect(since.hunks[0]?.lines).toContainEqual({ kind: 'added', text: 'description: second' });
    expect((await client.workflows.versions.diff({ id, from: 1, to: 1 })).hunks).toEqual([]);
    expect((await client.workflows.versions.diff({ id, from: 'draft', to: 1 })).diff.fields).toEqual([
      { path: ['description'], before: 'second', after: 'first' },
    ]);
    expect(
      (await client.workflows.compare({ from: document('first'), to: document('second') })).diff,
    ).toEqual(since.diff);
  });

  it('belong to a workflow', async () => {
    const missing = { code: 'WORKFLOW_NOT_FOUND', status: 404 };
    await expect(client.workflows.versions.list({ id: 'gone' })).rejects.toMatchObject(missing);
    await expect(client.workflows.versions.get({ id: 'gone', version: 1 })).rejects.toMatchObject(missing);
    await expect(client.workflows.versions.create({ id: 'gone', name: 'x' })).rejects.toMatchObject(missing);
  });
});
