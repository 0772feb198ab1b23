import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PendingInsert } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { finishedWrite, NOW, sampleInsert, success } from './samples.ts';

describeDatabases('what waits for people, callbacks and notifications', (open) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.drop());

  const approval = (over: Partial<PendingInsert> = {}): PendingInsert => ({
    nodeId: 'ask',
    nodeName: 'Ask',
    runIndex: 0,
    kind: 'approval',
    workflowId: 'w1',
    workflowName: 'Orders',
    about: { title: 'Refund', message: '', fields: [] },
    since: NOW,
    dueAt: null,
    tokenHash: 'hash',
    ...over,
  });
  const decision = { approved: true, comment: 'ok', by: 'Ann', via: 'link' as const, at: NOW + 9 };

  it('lists what waits, keeps what was decided, and removes both with the execution', async () => {
    const { executions, pending } = database.storage;
    const insert = sampleInsert();
    const executionId = insert.id;
    await executions.commit({
      executionId,
      insert,
      pending: [approval(), approval({ nodeId: 'other', since: NOW - 5, dueAt: NOW + 5 })],
    });
    const first = await pending.list({ state: 'open', limit: 1 });
    expect(first).toMatchObject({ items: [{ nodeId: 'other', dueAt: NOW + 5, decision: null }], open: 2 });
    expect(await pending.decidedBy('hash')).toBeNull();

    await executions.commit({
      executionId,
      decided: [{ nodeId: 'ask', runIndex: 0, decision }],
      pending: [approval({ nodeId: 'other' })],
    });
    expect(await pending.list({ state: 'decided', limit: 9, executionId })).toMatchObject({
      items: [{ nodeId: 'ask', decision }],
      open: 1,
    });
    expect(await pending.decidedBy('hash')).toMatchObject({ nodeId: 'ask', decision });
    await executions.commit({ executionId, pending: [], finish: success() });
    expect(await pending.list({ state: 'open', limit: 9 })).toEqual({ items: [], open: 0 });
    await executions.delete([executionId]);
    expect(await pending.decidedBy('hash')).toBeNull();
  });

  it('no longer asks for executions that nothing goes on with', async () => {
    const { executions, pending } = database.storage;
    const insert = sampleInsert({ bootId: 'gone' });
    await executions.commit({ executionId: insert.id, insert, pending: [approval()] });
    await executions.endOrphans([insert.id], { code: 'EXECUTION_INTERRUPTED', message: '' }, NOW);
    expect((await pending.list({ state: 'open', limit: 9 })).open).toBe(0);
  });

  it('gives waits that are due page by page, and when the next one is', async () => {
    const { executions } = database.storage;
    const dues = [NOW + 3, NOW + 1, NOW + 1, null, NOW + 90];
    for (const dueAt of dues) {
      const insert = sampleInsert();
      const wait = { dueAt, tokenHashes: [] };
      await executions.commit({ executionId: insert.id, insert, status: 'waiting', wait });
    }
    const first = await executions.dueWaits({ until: NOW + 10, limit: 2 });
    const after = first.at(-1);
    const second = await executions.dueWaits({ until: NOW + 10, limit: 2, ...(after && { after }) });
    expect([...first, ...second].map(({ dueAt }) => dueAt)).toEqual([NOW + 1, NOW + 1, NOW + 3]);
    expect(new Set([...first, ...second].map(({ executionId }) => executionId)).size).toBe(3);
    expect(await executions.nextDue(0)).toBe(NOW + 1);
    expect(await executions.nextDue(NOW + 3)).toBe(NOW + 90);
    expect(await executions.nextDue(NOW + 90)).toBeNull();
  });

  it('keeps callbacks until they arrived, also those of executions that are gone', async () => {
    const { executions, callbacks } = database.storage;
    const kept = finishedWrite();
    const error = { code: 'CALLBACK_REFUSED', message: 'no', details: { status: 500 } };
    const callback = (id: string, createdAt: number) => ({
      ...{ id, createdAt, url: 'http://a.test/', credentialId: null },
      body: '{}',
    });
    await executions.commit({ ...kept, callback: callback('c1', NOW) });
    await executions.commit({ executionId: 'gone', callback: callback('c2', NOW + 1) });
    expect(await callbacks.nextDue()).toBe(NOW);
    const due = (except: string[] = []) => callbacks.due({ until: NOW + 5, limit: 9, except });
    expect((await due()).map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect((await due(['c1'])).map(({ id }) => id)).toEqual(['c2']);

    const { executionId } = kept;
    await callbacks.record('c1', { status: 'retrying', at: NOW + 2, nextAt: NOW + 50, error });
    const [retrying] = await callbacks.list(executionId);
    expect(retrying).toMatchObject({ status: 'retrying', attempts: 1, nextAt: NOW + 50, lastError: error });
    await callbacks.record('c2', { status: 'delivered', at: NOW + 2, nextAt: null, error: null });
    expect(await callbacks.list('gone')).toEqual([]);
    await callbacks.record('c1', { status: 'gave-up', at: NOW + 3, nextAt: null, error });
    expect(await callbacks.sendAgain(executionId, 'c1', NOW + 4)).toMatchObject({
      status: 'retrying',
      attempts: 0,
      nextAt: NOW + 4,
    });
    expect(await callbacks.sendAgain('other', 'c1', NOW)).toBeNull();
    await executions.delete([executionId]);
    expect((await due()).map(({ id }) => id)).toEqual(['c1']);
  });

  it('counts what is told again, begins anew once it was read, and forgets the oldest', async () => {
    const { notifications } = database.storage;
    const tell = (subject: string, at: number, count = 1, keep = 2) =>
      notifications.add(
        [
          {
            ...{
              subject,
              at,
              count,
              message: '',
              error: { code: 'NODE_FAILED', message: `at ${at}` },
              executionId: null,
            },
            ...{ kind: 'execution-failed', workflowId: 'w1', workflowName: 'Orders' },
          },
        ],
        keep,
      );
    await tell('a', NOW);
    await tell('a', NOW + 1, 3);
    await tell('b', NOW + 2);
    const told = await notifications.list();
    expect(told.unread).toBe(2);
    expect(told.items.map(({ subject, count, at }) => ({ subject, count, at }))).toEqual([
      { subject: 'b', count: 1, at: NOW + 2 },
      { subject: 'a', count: 4, at: NOW + 1 },
    ]);
    await notifications.markRead(['a']);
    await tell('a', NOW + 3);
    expect((await notifications.list()).items[0]).toMatchObject({ subject: 'a', count: 1, read: false });
    await notifications.markRead();
    await tell('c', NOW + 4);
    const { items, unread } = await notifications.list();
    expect({ subjects: items.map(({ subject }) => subject), unread }).toEqual({
      subjects: ['c', 'a'],
      unread: 1,
    });
    await notifications.remove('c');
    expect((await notifications.list()).items).toHaveLength(1);
  });
});
