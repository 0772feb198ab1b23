import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VersionStore, WorkflowStore } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { finishedWrite, NOW, sampleDocument } from './samples.ts';

const MINUTE = 60_000;

describeDatabases('version store', (open) => {
  let database: TestDatabase;
  let workflows: WorkflowStore;
  let versions: VersionStore;

  beforeEach(async () => {
    database = await open();
    ({ workflows, versions } = database.storage);
    await workflows.insert({ id: 'w', document: sampleDocument({ description: 'v0' }), now: NOW });
  });
  afterEach(() => database.drop());

  let revision: number;
  beforeEach(() => {
    revision = 1;
  });
  const save = (description: string, minutes: number) =>
    workflows.saveDraft({
      id: 'w',
      document: sampleDocument({ description }),
      revision: revision++,
      now: NOW + minutes * MINUTE,
    });
  const kept = async () =>
    (await versions.list({ workflowId: 'w', limit: 50 })).items.map(({ version, kind }) => [version, kind]);
  const described = async (version: number) => (await versions.get('w', version))?.document.description;

  it('keeps a replaced draft once the last version is ten minutes old', async () => {
    await save('v1', 9);
    expect(await kept()).toEqual([]);
    await save('v2', 10);
    await save('v3', 11);
    expect(await kept()).toEqual([[1, 'automatic']]);
    expect(await versions.get('w', 1)).toEqual({
      workflowId: 'w',
      version: 1,
      kind: 'automatic',
      name: '',
      note: '',
      workflowName: 'Orders',
      nodeCount: 1,
      published: false,
      createdAt: NOW + 9 * MINUTE,
      document: sampleDocument({ description: 'v1' }),
    });
    // Left alone for a day: what stood there is kept by the first save of the next session.
    await save('v4', 1440);
    expect(await described(2)).toBe('v3');
  });

  it('keeps nothing twice: not what a version holds, not what a save leaves as it is', async () => {
    await workflows.publish('w', NOW);
    await save('v0', 20);
    await save('v1', 40);
    expect(await kept()).toEqual([[1, 'published']]);
    await save('v0', 60);
    await save('v2', 80);
    expect(await kept()).toEqual([
      [2, 'automatic'],
      [1, 'published'],
    ]);
  });

  it('keeps nothing of a save that is refused', async () => {
    revision = 7;
    await expect(save('v1', 30)).rejects.toMatchObject({ code: 'REVISION_STALE' });
    expect(await kept()).toEqual([]);
  });

  it('names drafts and versions, and publishes a named one as it is', async () => {
    const named = await versions.create({
      workflowId: 'w',
      name: 'Before the sale',
      note: '上线前',
      now: NOW,
    });
    expect(named).toMatchObject({ version: 1, kind: 'named', name: 'Before the sale', note: '上线前' });
    await versions.create({ workflowId: 'w', name: 'Again', note: '', now: NOW + 1 });
    await workflows.publish('w', NOW + 2);
    expect(await versions.get('w', 2)).toMatchObject({ kind: 'published', name: 'Again', published: true });

    expect(await versions.update({ workflowId: 'w', version: 1, note: '' })).toMatchObject({
      name: 'Before the sale',
      note: '',
    });
    await expect(versions.update({ workflowId: 'w', version: 9, name: 'x' })).rejects.toMatchObject({
      code: 'VERSION_NOT_FOUND',
    });
  });

  it('gives the newest version a name when it is the draft and has none', async () => {
    await workflows.publish('w', NOW);
    await versions.create({ workflowId: 'w', name: 'Sale', note: '', now: NOW + 1 });
    expect(await kept()).toEqual([[1, 'published']]);
    expect(await versions.get('w', 1)).toMatchObject({ name: 'Sale' });
  });

  it('restores a version as the draft and keeps the draft before it', async () => {
    await workflows.publish('w', NOW);
    await save('v1', 1);
    const restored = await versions.restore({ workflowId: 'w', version: 1, revision: 2, now: NOW + MINUTE });
    expect(restored).toMatchObject({ revision: 3, description: 'v0', publishedVersion: 1 });
    expect(await kept()).toEqual([
      [2, 'automatic'],
      [1, 'published'],
    ]);
    expect(await described(2)).toBe('v1');
    await expect(
      versions.restore({ workflowId: 'w', version: 2, revision: 2, now: NOW }),
    ).rejects.toMatchObject({ code: 'REVISION_STALE' });
    await expect(
      versions.restore({ workflowId: 'w', version: 9, revision: 3, now: NOW }),
    ).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
  });

  it('deletes all but the published version, never gives a number twice, and keeps what executions ran', async () => {
    await workflows.publish('w', NOW);
    await save('v1', 1);
    const { document, version } = await workflows.publish('w', NOW + 1);
    const write = finishedWrite({ workflowId: 'w', version, document });
    await database.storage.executions.commit(write);
    await save('v2', 2);
    await workflows.publish('w', NOW + 2);
    await expect(versions.delete('w', 3)).rejects.toMatchObject({ code: 'VERSION_PUBLISHED' });
    await versions.delete('w', 2);
    await expect(versions.delete('w', 2)).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
    expect((await database.storage.executions.get(write.executionId))?.document).toEqual(document);

    await save('v3', 3);
    await workflows.publish('w', NOW + 3);
    await versions.delete('w', 3);
    await workflows.setInactive('w', NOW);
    await save('v4', 4);
    await workflows.publish('w', NOW + 4);
    expect(await kept()).toEqual([
      [5, 'published'],
      [4, 'published'],
      [1, 'published'],
    ]);
  });

  it('keeps a document that another version holds', async () => {
    await workflows.publish('w', NOW);
    await save('v1', 1);
    await workflows.publish('w', NOW + 1);
    await save('v0', 2);
    await workflows.publish('w', NOW + 2);
    await versions.delete('w', 1);
    expect(await described(3)).toBe('v0');
  });

  it('pages from the newest to the oldest', async () => {
    for (let n = 1; n <= 5; n++) {
      await save(`v${n}`, n);
      await versions.create({ workflowId: 'w', name: `Version ${n}`, note: '', now: NOW + n });
    }
    const first = await versions.list({ workflowId: 'w', limit: 3 });
    const rest = await versions.list({ workflowId: 'w', limit: 3, cursor: first.nextCursor ?? '' });
    expect([first.total, rest.nextCursor]).toEqual([5, null]);
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  });
});
