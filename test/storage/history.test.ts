import BetterSqlite3 from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RetentionSettings } from '../../src/contract/index.ts';
import { createId } from '../../src/engine/kernel/index.ts';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import { openStorage, type ExecutionInsert, type Storage } from '../../src/engine/storage/index.ts';
import { describeDatabases, removeFolder, temporaryFolder, type TestDatabase } from './databases.ts';
import { finishedWrite, NOW, sampleDocument, sampleInsert, sampleRun, success } from './samples.ts';

const DAY = 24 * 60 * 60 * 1000;
const NO_LIMITS: RetentionSettings = {
  maxAgeDays: null,
  maxPerWorkflow: null,
  maxTotal: null,
  maxBytes: null,
};
const BIG = itemListOf(
  Array.from({ length: 400 }, (_, n) => ({
    json: { n, text: createHash('sha512').update(`${n}`).digest('hex') },
  })),
);

async function prune(storage: Storage, limits: Partial<RetentionSettings>, now = NOW + DAY) {
  const settings = { ...NO_LIMITS, ...limits };
  const foretold = await storage.history.preview(settings, now);
  let executions = 0;
  const outcome = await storage.history.prune(settings, {
    now,
    signal: new AbortController().signal,
    onBatch: (removed) => (executions += removed.executions),
  });
  return { outcome, executions, foretold: foretold.executions };
}

describeDatabases('history', (open) => {
  let database: TestDatabase;
  let storage: Storage;
  beforeEach(async () => {
    database = await open();
    storage = database.storage;
  });
  afterEach(() => database.drop());

  /** Executions of consecutive days; gives their ids. */
  async function storeDaily(count: number, over: Partial<ExecutionInsert> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let day = 0; day < count; day++) {
      const write = finishedWrite({ startedAt: NOW - (count - day) * DAY, ...over });
      write.finish = success(NOW - (count - day) * DAY + 5);
      await storage.executions.commit(write);
      ids.push(write.executionId);
    }
    return ids;
  }
  const idsLeft = async () =>
    (await storage.executions.list({ limit: 200 })).items.map(({ id }) => id).toReversed();

  it('removes what ended too long ago', async () => {
    const ids = await storeDaily(5);
    expect(await prune(storage, { maxAgeDays: 3 }, NOW - 1000)).toEqual({
      outcome: 'done',
      executions: 2,
      foretold: 2,
    });
    expect(await idsLeft()).toEqual(ids.slice(2));
    expect(await storage.executions.nodeRuns(ids[0] ?? '')).toEqual([]);
  });

  it('keeps what began long ago and ended lately, and what has not ended', async () => {
    const late = finishedWrite({ startedAt: NOW - 9 * DAY });
    await storage.executions.commit(late);
    const open = sampleInsert({ startedAt: NOW - 9 * DAY, status: 'waiting' });
    await storage.executions.commit({ executionId: open.id, insert: open });
    await storeDaily(3);
    expect(await prune(storage, { maxAgeDays: 1, maxTotal: 1, maxPerWorkflow: 1 })).toMatchObject({
      executions: 4,
      foretold: 4,
    });
    expect(await idsLeft()).toEqual([open.id]);
  });

  it('keeps so many in all, and so many of each workflow', async () => {
    const a = await storeDaily(4);
    const b = await storeDaily(2, { workflowId: 'w2' });
    expect(await prune(storage, { maxPerWorkflow: 3 })).toMatchObject({ executions: 1, foretold: 1 });
    expect(await idsLeft()).toEqual([...a.slice(1), ...b]);
    expect(await prune(storage, { maxTotal: 3 })).toMatchObject({ executions: 2, foretold: 2 });
    expect(await idsLeft()).toEqual([...a.slice(3), ...b]);
    expect(await prune(storage, { maxTotal: 3 })).toMatchObject({ executions: 0, foretold: 0 });
  });

  it('removes pieces, references, marks and documents along, but not what others share', async () => {
    const blob = await storage.blobs.write(Buffer.from('shared'), { mimeType: 'text/plain' });
    const run = sampleRun({ outputs: [BIG] });
    const withFile = sampleRun({
      nodeId: 'n2',
      outputs: [itemListOf([{ json: {}, binary: { data: blob } }])],
    });
    const writes = [0, 1].map(() => ({ ...finishedWrite({}, [run, withFile]), marks: { order: 'a' } }));
    for (const write of writes) await storage.executions.commit(write);
    const before = await storage.history.usage();
    expect(before).toMatchObject({ executions: 2, files: { count: 1, bytes: 6 } });
    expect(before.runData).toBeGreaterThan(20_000);

    await prune(storage, { maxTotal: 1 });
    const [left] = await idsLeft();
    const outputs = await storage.executions.outputs({ executionId: left ?? '', nodeId: 'n1', runIndex: 0 });
    expect(outputs?.[0]).toHaveLength(400);
    await storage.executions.delete([left ?? '']);
    expect(await storage.history.usage()).toMatchObject({ executions: 0, runData: 0, documents: 0 });
    expect(await storage.executions.list({ limit: 1, mark: { key: 'order' } })).toMatchObject({ total: 0 });
  });

  it('meets a limit of bytes by removing the oldest, and no more of them than it has to', async () => {
    const stored = async () => {
      const { runData, rows, documents } = await storage.history.usage();
      return runData + rows + documents;
    };
    // The empty tables take their pages whatever is removed.
    const empty = await stored();
    const ids: string[] = [];
    for (let n = 0; n < 300; n++) {
      const text = createHash('sha512').update(`${n}`).digest('hex').repeat(50);
      const write = finishedWrite({}, [sampleRun({ outputs: [itemListOf([{ json: { text } }])] })]);
      await storage.executions.commit(write);
      ids.push(write.executionId);
    }
    const limit = Math.round(empty + ((await stored()) - empty) * 0.6);
    expect(await prune(storage, { maxBytes: limit })).toMatchObject({ outcome: 'done' });
    expect(await stored()).toBeLessThanOrEqual(limit);
    const left = await idsLeft();
    expect(left).toEqual(ids.slice(-left.length));
    expect(left.length).toBeGreaterThan(130);
  });

  it('stops when it is told to, and goes on another time', async () => {
    await storeDaily(40);
    const stop = new AbortController();
    const settings = { ...NO_LIMITS, maxTotal: 5 };
    const about = { now: NOW, signal: stop.signal, onBatch: () => stop.abort(new Error('stop')) };
    await expect(storage.history.prune(settings, about)).rejects.toThrow('stop');
    const { total } = await storage.executions.list({ limit: 1 });
    expect(total).toBeGreaterThan(5);
    expect(total).toBeLessThan(40);
    expect(await prune(storage, { maxTotal: 5 })).toMatchObject({ executions: total - 5 });
  });

  describe('files', () => {
    const ALL = { before: Date.now() + DAY, signal: new AbortController().signal };
    const write = (text: string) => storage.blobs.write(Buffer.from(text), { mimeType: 'text/plain' });

    it('go when nothing refers to them any more', async () => {
      const [inRun, inJson, inPiece, pinned, ran, kept, waiting, unused] = await Promise.all(
        ['run', 'json', 'piece', 'pinned', 'ran', 'kept', 'waiting', 'unused'].map(write),
      );
      if (!inRun || !inJson || !inPiece || !pinned || !ran || !kept || !waiting || !unused) throw new Error();
      const large = [...(BIG.inMemory ?? []), { json: {}, binary: { data: inPiece } }];
      const first = finishedWrite({}, [
        sampleRun({ outputs: [itemListOf([{ json: { copy: inJson }, binary: { data: inRun } }])] }),
        sampleRun({ nodeId: 'n2', outputs: [itemListOf(large)] }),
      ]);
      await storage.executions.commit(first);
      const pin = (blob: typeof pinned) =>
        sampleDocument({ pinnedData: { n1: [{ json: {}, binary: { data: blob } }] } });
      await storage.workflows.insert({ id: 'w9', document: pin(pinned), now: NOW });
      const second = finishedWrite({ document: pin(ran) });
      second.kept = [{ workflowId: 'w9', key: 'k', value: { kept } }];
      await storage.executions.commit(second);
      const third = sampleInsert({ status: 'waiting' });
      const checkpoint = JSON.stringify({ queue: [{ binary: { data: waiting } }] });
      const wait = {
        dueAt: null,
        tokenHashes: [],
      };
      await storage.executions.commit({ executionId: third.id, insert: third, wait, checkpoint });

      const there = async () => {
        const all = { inRun, inJson, inPiece, pinned, ran, kept, waiting, unused };
        const names: string[] = [];
        for (const [name, blob] of Object.entries(all)) if (await storage.blobs.has(blob)) names.push(name);
        return names;
      };
      expect(await storage.history.sweepBlobs({ ...ALL, before: Date.now() - DAY })).toBe(0);
      expect(await storage.history.sweepBlobs(ALL)).toBe(1);
      expect(await there()).toEqual(['inRun', 'inJson', 'inPiece', 'pinned', 'ran', 'kept', 'waiting']);

      await storage.executions.delete([first.executionId]);
      expect(await storage.history.sweepBlobs(ALL)).toBe(3);
      expect(await there()).toEqual(['pinned', 'ran', 'kept', 'waiting']);
      await storage.workflows.delete('w9');
      await storage.executions.delete([second.executionId]);
      await storage.executions.commit({
        executionId: third.id,
        wait: null,
        checkpoint: null,
        finish: success(),
      });
      expect(await storage.history.sweepBlobs(ALL)).toBe(4);
      expect(await there()).toEqual([]);
    });

    it('stay when they are written again, however old they were', async () => {
      const blob = await write('again');
      const path = join(database.options.dataDir, 'blobs', blob.blobId.slice(0, 2), blob.blobId.slice(2));
      utimesSync(path, 1, 1);
      await write('again');
      expect(await storage.history.sweepBlobs({ ...ALL, before: Date.now() - DAY })).toBe(0);
      expect(await storage.blobs.has(blob)).toBe(true);
    });
  });
});

describe('history in SQLite', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(() => removeFolder(dataDir));
  const size = (name: string) => statSync(join(dataDir, name)).size;

  it('gives the room back to the file system', async () => {
    const storage = await openStorage({ kind: 'sqlite', dataDir });
    const text = 'x'.repeat(7000);
    for (let n = 0; n < 3000; n++) {
      const run = sampleRun({ outputs: [itemListOf([{ json: { text } }])] });
      await storage.executions.commit(finishedWrite({ id: createId() }, [run]));
    }
    await prune(storage, { maxTotal: 300 });
    const { free, runData, rows, documents } = await storage.history.usage();
    expect(free).toBeLessThanOrEqual(Math.max(256 * 8192, (runData + rows + documents) / 20));
    await storage.close();
    expect(size('guixuflow.db')).toBeLessThan(6 * 1024 ** 2);
  });

  it('waits while another program holds the past and the log would grow', async () => {
    const storage = await openStorage({ kind: 'sqlite', dataDir });
    const reader = new BetterSqlite3(join(dataDir, 'guixuflow.db'), { readonly: true });
    const text = 'x'.repeat(7000);
    const runs = Array.from({ length: 8 }, (_, n) =>
      sampleRun({ nodeId: `n${n}`, outputs: [itemListOf([{ json: { text } }])] }),
    );
    await storage.executions.commit(finishedWrite());
    reader.exec('begin');
    reader.prepare('select count(*) from workflow_executions').get();
    for (let n = 0; n < 700; n++) await storage.executions.commit(finishedWrite({}, runs));
    expect(size('guixuflow.db-wal')).toBeGreaterThan(32 * 1024 ** 2);
    expect(await prune(storage, { maxTotal: 1 })).toMatchObject({ outcome: 'paused', executions: 0 });

    reader.exec('rollback');
    reader.close();
    expect(await prune(storage, { maxTotal: 1 })).toMatchObject({ outcome: 'done', executions: 700 });
    expect(size('guixuflow.db-wal')).toBeLessThan(32 * 1024 ** 2);
    await storage.close();
  });

  it('finds the references of executions from before they were recorded', async () => {
    const storage = await openStorage({ kind: 'sqlite', dataDir });
    const blob = await storage.blobs.write(Buffer.from('old'), { mimeType: 'text/plain' });
    const run = sampleRun({
      outputs: [itemListOf([...(BIG.inMemory ?? []), { json: {}, binary: { data: blob } }])],
    });
    await storage.executions.commit(finishedWrite({}, [run]));
    await storage.close();
    const db = new BetterSqlite3(join(dataDir, 'guixuflow.db'));
    db.exec('delete from blob_references');
    db.close();

    const again = await openStorage({ kind: 'sqlite', dataDir });
    const all = { before: Date.now() + DAY, signal: new AbortController().signal };
    expect(await again.history.sweepBlobs(all)).toBe(0);
    expect(readdirSync(join(dataDir, 'blobs'))).toContain(blob.blobId.slice(0, 2));
    await prune(again, { maxTotal: 1 });
    expect(await again.history.sweepBlobs(all)).toBe(0);
    await again.close();
  });
});
