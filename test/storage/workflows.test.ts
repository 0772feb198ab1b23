import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WorkflowStore } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { finishedWrite, NOW, sampleDocument } from './samples.ts';

describeDatabases('workflow store', (open) => {
  let database: TestDatabase;
  let workflows: WorkflowStore;

  beforeEach(async () => {
    database = await open();
    workflows = database.storage.workflows;
  });
  afterEach(() => database.drop());

  const insert = (id: string, over: Parameters<typeof sampleDocument>[0] = {}, now = NOW) =>
    workflows.insert({ id, document: sampleDocument(over), now });
  const names = async (query: Partial<Parameters<WorkflowStore['list']>[0]>) =>
    (await workflows.list({ limit: 50, sort: 'name', direction: 'asc', ...query })).items.map(
      (item) => item.name,
    );

  it('gives back what was inserted', async () => {
    const document = sampleDocument({ description: 'All of them', tags: ['shop', '订单'] });
    const inserted = await workflows.insert({ id: 'w', document, now: NOW });

    expect(inserted).toEqual({
      id: 'w',
      name: 'Orders',
      description: 'All of them',
      active: false,
      tags: ['shop', '订单'],
      nodeCount: 1,
      nodeTypes: ['manual-trigger'],
      revision: 1,
      publishedVersion: null,
      createdAt: NOW,
      updatedAt: NOW,
      document,
    });
    expect(await workflows.get('w')).toEqual(inserted);
    expect(await workflows.get('nothing')).toBeNull();
  });

  it('refuses a stale revision and keeps what was saved', async () => {
    await insert('w');
    const save = (name: string, revision: number) =>
      workflows.saveDraft({ id: 'w', document: sampleDocument({ name }), revision, now: NOW + 1 });

    expect(await save('Second', 1)).toMatchObject({ name: 'Second', revision: 2, updatedAt: NOW + 1 });
    await expect(save('Third', 1)).rejects.toMatchObject({
      code: 'REVISION_STALE',
      facts: { revision: 1, current: 2 },
    });
    expect(await workflows.get('w')).toMatchObject({ name: 'Second', revision: 2 });
    await expect(
      workflows.saveDraft({ id: 'gone', document: sampleDocument(), revision: 1, now: NOW }),
    ).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  });

  it('lets one of many savers with the same revision win', async () => {
    await insert('w');
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        workflows.saveDraft({
          id: 'w',
          document: sampleDocument({ name: `Saver ${n}` }),
          revision: 1,
          now: NOW,
        }),
      ),
    );

    const winners = results.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(await workflows.get('w')).toEqual(winners[0]?.value);
  });

  it('publishes drafts as numbered versions that do not change', async () => {
    await insert('w', { description: 'first' });
    expect(await workflows.published('w')).toBeNull();
    expect(await workflows.publish('w', NOW + 1)).toMatchObject({ id: 'w', version: 1 });
    expect(await workflows.publish('w', NOW + 2)).toMatchObject({ version: 1 });

    await workflows.saveDraft({
      id: 'w',
      document: sampleDocument({ description: 'second' }),
      revision: 1,
      now: NOW,
    });
    expect((await workflows.published('w'))?.document.description).toBe('first');
    expect(await workflows.publish('w', NOW + 3)).toMatchObject({
      version: 2,
      document: { description: 'second' },
    });
    expect(await workflows.get('w')).toMatchObject({ active: true, publishedVersion: 2 });
    await expect(workflows.publish('gone', NOW)).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  });

  it('lists active workflows with their published version', async () => {
    await insert('a', { name: 'A' });
    await insert('b', { name: 'B' });
    await insert('c', { name: 'C' });
    await workflows.publish('a', NOW);
    await workflows.publish('b', NOW);
    await workflows.setInactive('b', NOW + 1);

    expect(await workflows.listActive()).toMatchObject([{ id: 'a', name: 'A', version: 1 }]);
    expect(await workflows.published('b')).toMatchObject({ id: 'b', version: 1 });
    expect(await workflows.get('b')).toMatchObject({ active: false, publishedVersion: 1 });
  });

  it('deletes a workflow and leaves its executions readable', async () => {
    await insert('w');
    const { document, version } = await workflows.publish('w', NOW);
    const write = finishedWrite({ workflowId: 'w', version, document });
    await database.storage.executions.commit(write);

    expect(await workflows.delete('w')).toBe(true);
    expect(await workflows.delete('w')).toBe(false);
    expect(await workflows.published('w')).toBeNull();
    expect((await database.storage.executions.get(write.executionId))?.document).toEqual(document);
    await insert('w', { name: 'Again' });
    expect(await workflows.publish('w', NOW)).toMatchObject({ version: 1, name: 'Again' });
  });

  it('searches names and descriptions literally', async () => {
    await insert('a', { name: '100% done' });
    await insert('b', { name: 'Plain', description: 'uses a_b' });
    await insert('c', { name: 'axb' });
    await insert('d', { name: '客户订单' });

    expect(await names({ search: '%' })).toEqual(['100% done']);
    expect(await names({ search: 'A_B' })).toEqual(['Plain']);
    expect(await names({ search: '订单' })).toEqual(['客户订单']);
    expect(await names({ search: '\\' })).toEqual([]);
  });

  it('filters by tag and by being active', async () => {
    await insert('a', { name: 'A', tags: ['shop', 'a","b'] });
    await insert('b', { name: 'B', tags: ['shopping'] });
    await workflows.publish('b', NOW);

    expect(await names({ tag: 'shop' })).toEqual(['A']);
    expect(await names({ tag: ',' })).toEqual([]);
    expect(await names({ active: true })).toEqual(['B']);
    expect(await names({ active: false })).toEqual(['A']);
  });

  it.each(['name', 'createdAt', 'updatedAt'] as const)('pages by %s both ways without gaps', async (sort) => {
    for (const [index, name] of ['b', 'A', 'c', 'a', 'B', 'é', '订单'].entries()) {
      await insert(`id-${index}`, { name }, NOW + (index % 3));
    }
    for (const direction of ['asc', 'desc'] as const) {
      const whole = await workflows.list({ limit: 50, sort, direction });
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await workflows.list({
          limit: 2,
          sort,
          direction,
          ...(cursor !== undefined && { cursor }),
        });
        expect(page.total).toBe(7);
        ids.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(ids).toEqual(whole.items.map((item) => item.id));
      expect(new Set(ids).size).toBe(7);
    }
    if (sort === 'name') expect(await names({})).toEqual(['A', 'a', 'b', 'B', 'c', 'é', '订单']);
  });
});
