import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStorage, type ExecutionInsert, type Storage } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { NOW, sampleInsert } from './samples.ts';

describeDatabases('start keys and schedules', (open) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.drop());

  const begin = (storage: Storage, id: string, more: Partial<ExecutionInsert>) =>
    storage.executions.commit({ executionId: id, insert: sampleInsert({ id, ...more }) });
  const key = (name: string, expiresAt = NOW + 1000) => ({ startKeys: [{ key: name, expiresAt }] });

  it('begin one execution per key; the others of the same commit are stored', async () => {
    const { storage } = database;
    const results = await Promise.allSettled([
      begin(storage, 'e1', key('a')),
      begin(storage, 'e2', key('a')),
      begin(storage, 'e3', key('b')),
      begin(storage, 'e4', { startKeys: [{ key: 'c', expiresAt: NOW + 1 }, ...key('b').startKeys] }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({
      reason: { code: 'EXECUTION_STARTED_ALREADY', facts: { id: 'e1', key: 'a' } },
    });
    expect(results[3]).toMatchObject({ reason: { facts: { id: 'e3', key: 'b' } } });
    const { items } = await storage.executions.list({ limit: 10 });
    expect(items.map(({ id }) => id).sort()).toEqual(['e1', 'e3']);
    expect(await storage.startKeys.find('a', NOW)).toBe('e1');
    // Nothing of a refused execution stays behind.
    expect(await storage.startKeys.find('c', NOW)).toBeNull();
  });

  it('begin one execution per key where two processes race for it', async () => {
    const other = await openStorage(database.options);
    const names = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const results = await Promise.allSettled(
      names.flatMap((name) => [
        begin(database.storage, `one-${name}`, key(name)),
        begin(other, `two-${name}`, key(name)),
      ]),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(names.length);
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refusals).toEqual(
      names.map(() => expect.objectContaining({ code: 'EXECUTION_STARTED_ALREADY' }) as unknown),
    );
    const { items } = await other.executions.list({ limit: 100 });
    expect(new Set(items.map(({ id }) => id.split('-')[1])).size).toBe(names.length);
    expect(items).toHaveLength(names.length);
    await other.close();
  });

  it('outlive their execution until they expire, and are free again then', async () => {
    const { storage } = database;
    await begin(storage, 'e1', { status: 'running', ...key('a') });
    await storage.executions.commit({ executionId: 'e1', discard: true });
    await begin(storage, 'keeps', key('b', NOW + 5000));
    const refused = begin(storage, 'e2', { startedAt: NOW + 999, ...key('a') });
    await expect(refused).rejects.toMatchObject({ facts: { id: 'e1' } });
    expect(await storage.startKeys.find('a', NOW + 1000)).toBeNull();
    await begin(storage, 'e3', { startedAt: NOW + 1000, ...key('a', NOW + 2000) });
    expect(await storage.startKeys.find('a', NOW)).toBe('e3');
    await storage.startKeys.prune(NOW + 2000);
    expect(await storage.startKeys.find('a', NOW)).toBeNull();
    expect(await storage.startKeys.find('b', NOW)).toBe('keeps');
  });

  it('tell who holds those of one kind, also when they were stored with an end', async () => {
    const { storage } = database;
    const { executions, startKeys } = storage;
    await begin(storage, 'e1', { status: 'running', ...key('other:e1') });
    const finish = { status: 'failed' as const, finishedAt: NOW, durationMs: 1, error: null };
    await executions.commit({ executionId: 'e1', finish, followUp: { key: 'due:e1', expiresAt: NOW + 10 } });
    const insert = sampleInsert({ id: 'e2', ...key('other:e2') });
    await executions.commit({
      executionId: 'e2',
      insert,
      finish,
      followUp: { key: 'due:e2', expiresAt: NOW + 20 },
    });
    expect((await startKeys.holders('due:', NOW)).sort()).toEqual(['e1', 'e2']);
    expect(await startKeys.holders('due:', NOW + 10)).toEqual(['e2']);
    expect(await startKeys.find('other:e2', NOW)).toBe('e2');
  });

  it('remember how far a schedule has come, with the execution of its slot', async () => {
    const { storage } = database;
    await storage.schedules.begin('w', ['n1', 'n2'], NOW);
    const slot = (nodeId: string, at: number) => ({ slot: { workflowId: 'w', nodeId, at } });
    await begin(storage, 'e1', { startedAt: NOW + 50, ...slot('n1', NOW + 40) });
    await begin(storage, 'e2', { startedAt: NOW + 60, ...slot('n1', NOW + 20) });
    expect(await storage.schedules.lastSlots('w')).toEqual(
      new Map([
        ['n1', NOW + 40],
        ['n2', NOW],
      ]),
    );
    // The clock was ahead when the last slot ran.
    await begin(storage, 'e3', { startedAt: NOW + 10, ...slot('n1', NOW + 5) });
    expect((await storage.schedules.lastSlots('w')).get('n1')).toBe(NOW + 5);
    await storage.schedules.begin('w', ['n2'], NOW + 100);
    expect(await storage.schedules.lastSlots('w')).toEqual(new Map([['n2', NOW + 100]]));
  });
});
