import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import type { ExecutionStore } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import {
  finishedWrite,
  NOW,
  sampleDocument,
  sampleInsert,
  sampleRun,
  spilledList,
  success,
} from './samples.ts';

describeDatabases('execution store', (open) => {
  let database: TestDatabase;
  let executions: ExecutionStore;

  beforeEach(async () => {
    database = await open();
    executions = database.storage.executions;
  });
  afterEach(() => database.drop());

  it('gives back an execution that was begun and ended in one write', async () => {
    const write = finishedWrite({ version: 3, mode: 'webhook' });
    await executions.commit(write);

    expect(await executions.get(write.executionId)).toEqual({
      id: write.executionId,
      workflowId: 'w1',
      workflowName: 'Orders',
      version: 3,
      status: 'success',
      mode: 'webhook',
      startedAt: NOW,
      finishedAt: NOW + 5,
      durationMs: 5,
      error: null,
      bootId: 'boot-1',
      document: sampleDocument(),
    });
    const { outputs: _outputs, ...summary } = sampleRun();
    expect(await executions.nodeRuns(write.executionId)).toEqual([summary]);
    expect(await executions.outputs({ executionId: write.executionId, nodeId: 'n1', runIndex: 0 })).toEqual([
      [{ json: { n: 1 } }],
    ]);
  });

  it('keeps the marks of an execution, and the data of a workflow with the write it came in', async () => {
    const write = finishedWrite();
    const kept = { workflowId: 'w1', key: 'workflow:x' };
    await executions.commit({
      ...write,
      kept: [{ ...kept, value: { n: 1 } }],
      marks: { order: '6' },
    });
    expect((await executions.get(write.executionId))?.marks).toEqual({ order: '6' });
    await executions.commit({ executionId: write.executionId, marks: { order: '7' } });
    expect(await executions.get(write.executionId)).toMatchObject({
      marks: { order: '7' },
      status: 'success',
    });
    expect(await database.storage.keptData.get('w1', 'workflow:x')).toEqual({ n: 1 });
    await executions.commit({ executionId: 'none', kept: [{ ...kept, value: [2] }] });
    expect(await database.storage.keptData.get('w1', 'workflow:x')).toEqual([2]);
    expect(await database.storage.keptData.get('w2', 'workflow:x')).toBeUndefined();
    const broken = { executionId: 'gone', kept: [{ ...kept, value: 3 }], status: 'running' as const };
    await expect(executions.commit(broken)).rejects.toMatchObject({ code: 'EXECUTION_NOT_FOUND' });
    expect(await database.storage.keptData.get('w1', 'workflow:x')).toEqual([2]);
  });

  it('gives null for executions and node runs that are not there', async () => {
    const write = finishedWrite();
    await executions.commit(write);

    expect(await executions.get('nothing')).toBeNull();
    expect(await executions.nodeRuns('nothing')).toEqual([]);
    expect(
      await executions.outputs({ executionId: write.executionId, nodeId: 'n1', runIndex: 1 }),
    ).toBeNull();
  });

  it('adds later writes to the execution in their order', async () => {
    const insert = sampleInsert();
    const id = insert.id;
    const settled: string[] = [];
    const note = (name: string) => () => void settled.push(name);
    await Promise.all([
      executions.commit({ executionId: id, insert }).then(note('begun')),
      executions.commit({ executionId: id, nodeRuns: [sampleRun({ status: 'running' })] }).then(note('a')),
      executions.commit({ executionId: id, nodeRuns: [sampleRun()] }).then(note('b')),
      executions.commit({ executionId: id, finish: success() }).then(note('ended')),
    ]);

    expect(settled).toEqual(['begun', 'a', 'b', 'ended']);
    expect((await executions.get(id))?.status).toBe('success');
    expect((await executions.nodeRuns(id)).map((run) => run.status)).toEqual(['success']);
  });

  it('keeps the order of one execution when an early write is large', async () => {
    const insert = sampleInsert();
    const large = sampleRun({ outputs: [spilledList(3000, (n) => ({ json: { n } }))], itemCounts: [3000] });
    const settled: string[] = [];
    await Promise.all([
      executions
        .commit({ executionId: insert.id, insert, nodeRuns: [large] })
        .then(() => settled.push('large')),
      executions.commit({ executionId: insert.id, finish: success() }).then(() => settled.push('ended')),
    ]);

    expect(settled).toEqual(['large', 'ended']);
    expect((await executions.get(insert.id))?.status).toBe('success');
  });

  it('orders node runs by their start', async () => {
    const runs = [
      sampleRun({ nodeId: 'late', startedAt: NOW + 2 }),
      sampleRun({ nodeId: 'early', startedAt: NOW + 1 }),
    ];
    const write = finishedWrite({}, runs);
    await executions.commit(write);

    expect((await executions.nodeRuns(write.executionId)).map((run) => run.nodeId)).toEqual([
      'early',
      'late',
    ]);
  });

  it('refuses a bad write alone and stores nothing of it', async () => {
    const first = finishedWrite();
    const twice = finishedWrite({ id: first.executionId }, [sampleRun({ nodeId: 'other' })]);
    const last = finishedWrite();
    const results = await Promise.allSettled([first, twice, last].map((write) => executions.commit(write)));

    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await executions.nodeRuns(first.executionId)).map((run) => run.nodeId)).toEqual(['n1']);
    expect(await executions.get(last.executionId)).not.toBeNull();
  });

  it('refuses to end an execution that was never begun, with its node runs', async () => {
    const write = { executionId: 'nothing', nodeRuns: [sampleRun()], finish: success() };

    await expect(executions.commit(write)).rejects.toMatchObject({ code: 'EXECUTION_NOT_FOUND' });
    expect(await executions.nodeRuns('nothing')).toEqual([]);
  });

  it('stores the failure of an execution', async () => {
    const error = {
      code: 'NODE_FAILED',
      message: 'Node "A" failed: no',
      nodeId: 'n1',
      details: { reason: 'no' },
    };
    const insert = sampleInsert();
    await executions.commit({ executionId: insert.id, insert });
    await executions.commit({
      executionId: insert.id,
      finish: { status: 'failed', finishedAt: NOW + 9, durationMs: 9, error },
    });

    expect(await executions.get(insert.id)).toMatchObject({
      status: 'failed',
      finishedAt: NOW + 9,
      durationMs: 9,
      error,
    });
  });

  it('removes an execution that is discarded, whenever it was begun', async () => {
    const earlier = sampleInsert();
    await executions.commit({ executionId: earlier.id, insert: earlier, nodeRuns: [sampleRun()] });
    await executions.commit({ executionId: earlier.id, finish: success(), discard: true });
    const atOnce = finishedWrite();
    await executions.commit({ ...atOnce, discard: true });

    for (const id of [earlier.id, atOnce.executionId]) {
      expect(await executions.get(id)).toBeNull();
      expect(await executions.nodeRuns(id)).toEqual([]);
    }
  });

  it('keeps each document as it was when it ran', async () => {
    const first = finishedWrite({ document: sampleDocument({ description: 'first' }) });
    const second = finishedWrite({ document: sampleDocument({ description: 'second' }) });
    const third = finishedWrite({ document: sampleDocument({ description: 'first' }) });
    for (const write of [first, second, third]) await executions.commit(write);
    await executions.delete([first.executionId]);

    expect((await executions.get(second.executionId))?.document.description).toBe('second');
    expect((await executions.get(third.executionId))?.document.description).toBe('first');
    await executions.delete([third.executionId]);
    const again = finishedWrite({ document: third.insert?.document ?? sampleDocument() });
    await executions.commit(again);
    expect((await executions.get(again.executionId))?.document.description).toBe('first');
  });

  it('gives pages of items of every port, small or large', async () => {
    const itemAt = (n: number) => ({ json: { n, text: 'x'.repeat(50) }, pairedItem: { item: n } });
    const run = sampleRun({
      outputs: [spilledList(20_000, itemAt), itemListOf([{ json: { other: true } }]), itemListOf([])],
      itemCounts: [20_000, 1, 0],
    });
    const write = finishedWrite({}, [run, sampleRun({ nodeId: 'n2' })]);
    await executions.commit(write);
    const page = (offset: number, limit: number) =>
      executions.outputs({ executionId: write.executionId, nodeId: 'n1', runIndex: 0, offset, limit });

    expect(await page(0, 1)).toEqual([[itemAt(0)], [{ json: { other: true } }], []]);
    expect(await page(4000, 3)).toEqual([[itemAt(4000), itemAt(4001), itemAt(4002)], [], []]);
    expect(await page(19_999, 10)).toEqual([[itemAt(19_999)], [], []]);
    const all = await executions.outputs({ executionId: write.executionId, nodeId: 'n1', runIndex: 0 });
    expect(all?.[0]?.map((item) => item.json['n'])).toEqual(Array.from({ length: 20_000 }, (_, n) => n));
    expect(await executions.outputs({ executionId: write.executionId, nodeId: 'n2', runIndex: 0 })).toEqual([
      [{ json: { n: 1 } }],
    ]);
  });

  it('shares large outputs between executions until the last one is deleted', async () => {
    const outputs = () => [spilledList(5000, (n) => ({ json: { n } }))];
    const first = finishedWrite({}, [sampleRun({ outputs: outputs(), itemCounts: [5000] })]);
    const second = finishedWrite({}, [sampleRun({ outputs: outputs(), itemCounts: [5000] })]);
    await executions.commit(first);
    await executions.commit(second);
    await executions.delete([first.executionId]);

    const kept = await executions.outputs({ executionId: second.executionId, nodeId: 'n1', runIndex: 0 });
    expect(kept?.[0]).toHaveLength(5000);
  });

  it('lists the newest first, page by page, with the total', async () => {
    const writes = Array.from({ length: 7 }, () => finishedWrite());
    await Promise.all(writes.map((write) => executions.commit(write)));
    const newestFirst = writes.map((write) => write.executionId).reverse();

    const first = await executions.list({ limit: 3 });
    const second = await executions.list({ limit: 3, cursor: first.nextCursor ?? '' });
    const third = await executions.list({ limit: 3, cursor: second.nextCursor ?? '' });
    expect([first, second, third].map((page) => page.items.map((item) => item.id))).toEqual([
      newestFirst.slice(0, 3),
      newestFirst.slice(3, 6),
      newestFirst.slice(6),
    ]);
    expect([first.total, third.nextCursor]).toEqual([7, null]);
  });

  it('lists by workflow, status, mode and time', async () => {
    const failed = sampleInsert({ workflowId: 'w2', mode: 'webhook', startedAt: NOW + 1000 });
    await executions.commit(finishedWrite());
    await executions.commit({
      executionId: failed.id,
      insert: failed,
      finish: { status: 'failed', finishedAt: NOW, durationMs: 1, error: null },
    });
    const ids = async (query: Partial<Parameters<ExecutionStore['list']>[0]>) =>
      (await executions.list({ limit: 10, ...query })).items.map((item) => item.id);

    expect(await ids({ workflowId: 'w2' })).toEqual([failed.id]);
    expect(await ids({ status: ['failed'] })).toEqual([failed.id]);
    expect(await ids({ mode: ['webhook', 'schedule'] })).toEqual([failed.id]);
    expect(await ids({ status: ['failed', 'running'] })).toEqual([failed.id]);
    expect(await ids({ status: ['failed', 'success'] })).toHaveLength(2);
    expect(await ids({ startedAfter: NOW + 1000, startedBefore: NOW + 1000 })).toEqual([failed.id]);
    expect(await ids({ startedBefore: NOW - 1 })).toEqual([]);
    await expect(executions.list({ limit: 1, cursor: 'not one of ours' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('lists by marks, of which the last ones set count', async () => {
    const long = 'x'.repeat(300);
    const a = { ...finishedWrite(), marks: { order: '17', long: `${long}a` } };
    const b = { ...finishedWrite(), marks: { order: '170', long: `${long}b` } };
    for (const write of [a, b, finishedWrite()]) await executions.commit(write);
    await executions.commit({ executionId: b.executionId, marks: { order: '18', other: '' } });
    const ids = async (mark: { key: string; value?: string }) => {
      const page = await executions.list({ limit: 10, mark });
      expect(page.total).toBe(page.items.length);
      return page.items.map((item) => item.id);
    };

    expect(await ids({ key: 'order' })).toEqual([b.executionId, a.executionId]);
    expect(await ids({ key: 'order', value: '17' })).toEqual([a.executionId]);
    expect(await ids({ key: 'order', value: '170' })).toEqual([]);
    expect(await ids({ key: 'long', value: `${long}a` })).toEqual([a.executionId]);
    expect(await ids({ key: 'long', value: `${long}c` })).toEqual([]);
    expect(await ids({ key: 'other', value: '' })).toEqual([b.executionId]);
  });

  describe('searching run data', () => {
    const LIMITS = { executions: 100, bytes: 1e9 };
    const withItem = (json: Record<string, unknown>, workflowId = 'w1') =>
      finishedWrite({ workflowId }, [sampleRun({ outputs: [itemListOf([{ json }])] })]);
    const idsOf = (result: { items: Array<{ id: string }> }) => result.items.map(({ id }) => id);

    it('finds texts in small and in large outputs and in errors, the newest first', async () => {
      const small = withItem({ customer: { name: 'Zoë "Zed" 订单' } });
      const large = finishedWrite({}, [
        sampleRun({
          outputs: [spilledList(5000, (n) => ({ json: { n, note: n === 4321 ? '给 ZOË' : 'nothing' } }))],
        }),
      ]);
      const failed = sampleInsert();
      const error = { code: 'NODE_FAILED', message: 'No zoë here', details: {} };
      for (const write of [small, withItem({ other: true }), large]) await executions.commit(write);
      await executions.commit({
        executionId: failed.id,
        insert: failed,
        finish: { ...success(), status: 'failed', error },
      });
      const search = (text: string, more = {}) =>
        executions.search({ text, limit: 10, limits: LIMITS, ...more });

      expect(await search('zoë')).toEqual({
        items: [failed.id, large.executionId, small.executionId].map(
          (id) => expect.objectContaining({ id }) as unknown,
        ),
        nextCursor: null,
        searched: 4,
        searchedBackTo: NOW,
      });
      expect(idsOf(await search('"zed" 订'))).toEqual([small.executionId]);
      expect(idsOf(await search('zoë', { status: ['failed'] }))).toEqual([failed.id]);
      expect(await search('pairedItem')).toMatchObject({ items: [], searched: 4 });
    });

    it('stops at its limits and goes on from there', async () => {
      const writes = Array.from({ length: 60 }, (_, n) => withItem({ text: n % 30 === 0 ? 'this' : 'that' }));
      for (const write of writes) await executions.commit(write);
      const limits = { executions: 40, bytes: 1e9 };
      const first = await executions.search({ text: 'this', limit: 10, limits });
      expect(first).toMatchObject({ searched: 40, nextCursor: expect.any(String) });
      expect(idsOf(first)).toEqual([writes[30]?.executionId]);
      const rest = await executions.search({
        text: 'this',
        limit: 10,
        limits,
        cursor: first.nextCursor ?? '',
      });
      expect(rest).toMatchObject({ searched: 20, nextCursor: null });
      expect(idsOf(rest)).toEqual([writes[0]?.executionId]);
      const page = await executions.search({ text: 'th', limit: 3, limits });
      expect(page).toMatchObject({ searched: 3, nextCursor: expect.any(String) });
      expect(
        await executions.search({ text: 'this', limit: 3, limits: { executions: 100, bytes: 1 } }),
      ).toMatchObject({ searched: 1 });
    });

    it('stops for a caller who has left', async () => {
      await executions.commit(withItem({ a: 1 }));
      const left = AbortSignal.abort(new Error('left'));
      await expect(executions.search({ text: 'a', limit: 1, limits: LIMITS }, left)).rejects.toThrow('left');
    });
  });

  it('deletes finished executions and leaves running ones alone', async () => {
    const finished = finishedWrite();
    const running = sampleInsert();
    await executions.commit(finished);
    await executions.commit({ executionId: running.id, insert: running, nodeRuns: [sampleRun()] });

    expect(await executions.delete([finished.executionId, running.id, 'nothing'])).toBe(1);
    expect(await executions.get(finished.executionId)).toBeNull();
    expect(await executions.nodeRuns(finished.executionId)).toEqual([]);
    expect(await executions.nodeRuns(running.id)).toHaveLength(1);
  });

  it('hands over what another process left unfinished, and counts the crash of what was running', async () => {
    const mine = sampleInsert({ bootId: 'boot-2' });
    const running = sampleInsert();
    const waiting = sampleInsert({ status: 'waiting' });
    const left = sampleInsert();
    for (const insert of [mine, running, waiting, left])
      await executions.commit({ executionId: insert.id, insert });
    await executions.commit({ executionId: running.id, checkpoint: '{"at":1}' });
    await executions.commit({ executionId: running.id, checkpoint: '{"at":2}' });
    await executions.release([left.id]);
    const storage = await database.reopen();

    expect(await storage.executions.takeOver('boot-2')).toEqual([
      { id: running.id, status: 'running', crashes: 1, hasCheckpoint: true },
      { id: waiting.id, status: 'waiting', crashes: 0, hasCheckpoint: false },
      { id: left.id, status: 'running', crashes: 0, hasCheckpoint: false },
    ]);
    // What nobody claimed is handed over again, and not blamed.
    expect((await storage.executions.takeOver('boot-2')).map(({ id, crashes }) => [id, crashes])).toEqual([
      [running.id, 1],
      [left.id, 0],
    ]);
    expect(await storage.executions.unfinished('boot-2')).toEqual([mine.id]);
    await storage.executions.claim(running.id, 'boot-2');
    expect(await storage.executions.unfinished('boot-2')).toEqual([mine.id, running.id]);
    expect(await storage.executions.checkpoint(running.id)).toBe('{"at":2}');
    await storage.executions.commit({ executionId: running.id, checkpoint: null });
    expect(await storage.executions.checkpoint(running.id)).toBeNull();
  });

  it('keeps what units gave until their run is over', async () => {
    const insert = sampleInsert();
    const unit = (index: number, result: string | null) => ({
      nodeId: 'n1',
      runIndex: 0,
      unit: index,
      result,
    });
    await executions.commit({ executionId: insert.id, insert, units: [unit(0, '{}'), unit(1, null)] });
    await executions.commit({ executionId: insert.id, units: [unit(1, '{"items":[]}')] });
    expect(await executions.units(insert.id)).toEqual([unit(0, '{}'), unit(1, '{"items":[]}')]);
    await executions.commit({ executionId: insert.id, closedUnits: [{ nodeId: 'n1', runIndex: 0 }] });
    expect(await executions.units(insert.id)).toEqual([]);
  });

  it('gives all runs with their items at once, and what the last of them gave', async () => {
    const insert = sampleInsert();
    const large = spilledList(2000, (n) => ({ json: { n } }));
    await executions.commit({ executionId: insert.id, insert, nodeRuns: [sampleRun({ status: 'running' })] });
    await executions.commit({
      executionId: insert.id,
      nodeRuns: [sampleRun(), sampleRun({ nodeId: 'n2', startedAt: NOW + 1, outputs: [large] })],
    });
    const runs = await executions.wholeRuns(insert.id);
    expect(runs.map(({ nodeId, status, outputs }) => [nodeId, status, outputs[0]?.length])).toEqual([
      ['n1', 'success', 1],
      ['n2', 'success', 2000],
    ]);
    expect((await executions.lastItems(insert.id)).at(-1)).toEqual({ json: { n: 1999 } });
  });

  it('finds the executions that one began, and the one that another repeats', async () => {
    const parent = sampleInsert({ retryOf: 'earlier' });
    const child = sampleInsert({ parentExecutionId: parent.id, parentCall: 'n1/0/0' });
    for (const insert of [parent, child]) await executions.commit({ executionId: insert.id, insert });
    expect(await executions.children(parent.id)).toEqual([
      { id: child.id, call: 'n1/0/0', status: 'running' },
    ]);
    expect((await executions.get(parent.id))?.retryOf).toBe('earlier');
  });

  it('ends what nothing goes on with, with its open node runs', async () => {
    const mine = sampleInsert({ bootId: 'boot-2' });
    const orphan = sampleInsert({ status: 'waiting' });
    const finished = finishedWrite();
    await executions.commit({ executionId: mine.id, insert: mine });
    await executions.commit({
      executionId: orphan.id,
      insert: orphan,
      nodeRuns: [sampleRun(), sampleRun({ nodeId: 'n2', status: 'running', startedAt: NOW + 1 })],
    });
    await executions.commit(finished);
    const storage = await database.reopen();

    const error = { code: 'EXECUTION_INTERRUPTED', message: 'interrupted' };
    await storage.executions.endOrphans([orphan.id, finished.executionId], error, NOW + 100);
    expect(await storage.executions.get(orphan.id)).toMatchObject({
      status: 'failed',
      finishedAt: NOW + 100,
      durationMs: 100,
      error: { code: 'EXECUTION_INTERRUPTED' },
    });
    expect(await storage.executions.nodeRuns(orphan.id)).toMatchObject([
      { nodeId: 'n1', status: 'success' },
      {
        nodeId: 'n2',
        status: 'failed',
        durationMs: 99,
        error: { code: 'EXECUTION_INTERRUPTED', nodeId: 'n2' },
      },
    ]);
    expect((await storage.executions.get(mine.id))?.status).toBe('running');
    expect((await storage.executions.get(finished.executionId))?.status).toBe('success');
  });

  it('commits what was handed in before closing', async () => {
    const small = finishedWrite();
    const large = finishedWrite({}, [sampleRun({ outputs: [spilledList(2000, (n) => ({ json: { n } }))] })]);
    const committed = [executions.commit(small), executions.commit(large)];
    const storage = await database.reopen();
    await Promise.all(committed);

    expect(await storage.executions.get(small.executionId)).not.toBeNull();
    expect(await storage.executions.get(large.executionId)).not.toBeNull();
  });
});
