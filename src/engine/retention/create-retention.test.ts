import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION, WorkflowDocument } from '../../contract/index.ts';
import { createId, createLogger } from '../kernel/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { createRetention, type RetentionService } from './index.ts';

const MINUTE = 60_000;

describe('retention', () => {
  let dataDir: string;
  let storage: Storage;
  let clock: FakeClock;
  let retention: RetentionService;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-retention-'));
    storage = await openStorage({ kind: 'sqlite', dataDir });
    clock = new FakeClock(Date.now());
    const { history, settings } = storage;
    retention = createRetention({ history, settings, clock, logger: createLogger('silent') });
  });
  afterEach(async () => {
    await retention.stop();
    await storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function store(count: number) {
    const document = WorkflowDocument.parse({ name: 'Orders', nodes: [] });
    for (let n = 0; n < count; n++) {
      const id = createId();
      await storage.executions.commit({
        executionId: id,
        insert: {
          id,
          workflowId: 'w',
          workflowName: 'Orders',
          version: 1,
          status: 'running',
          mode: 'webhook',
          startedAt: clock.now(),
          document,
          bootId: 'boot',
        },
        finish: { status: 'success', finishedAt: clock.now(), durationMs: 1, error: null },
      });
    }
  }
  const left = async () => (await storage.executions.list({ limit: 1 })).total;
  const settled = () => expect.poll(() => retention.progress().finishedAt).not.toBeNull();

  it('cleans up every minute, with what the settings say by then', async () => {
    await store(5);
    retention.start();
    await clock.advance(MINUTE);
    await settled();
    expect(await left()).toBe(5);
    await retention.setSettings({ ...DEFAULT_RETENTION, maxTotal: 3 });
    await clock.advance(MINUTE);
    await expect.poll(left).toBe(3);
    await expect.poll(() => retention.progress().finishedAt).toBe(clock.now());
    expect(retention.progress()).toMatchObject({ state: 'idle', executions: 2 });
  });

  it('runs one clean-up at a time', async () => {
    await store(30);
    await retention.setSettings({ ...DEFAULT_RETENTION, maxTotal: 1 });
    const first = retention.prune();
    await clock.advance(5);
    expect(retention.prune().startedAt).toBe(first.startedAt);
    await settled();
    expect(retention.progress().executions).toBe(29);
  });

  it('removes files a day after they were written, and none while someone needs them all', async () => {
    const blob = await storage.blobs.write(Buffer.from('x'), { mimeType: 'text/plain' });
    retention.prune();
    await settled();
    expect(await storage.blobs.has(blob)).toBe(true);

    const path = join(dataDir, 'blobs', blob.blobId.slice(0, 2), blob.blobId.slice(2));
    const old = clock.now() / 1000 - 25 * 3600;
    utimesSync(path, old, old);
    await clock.advance(7 * 60 * MINUTE);
    await retention.keepFiles(async () => {
      retention.prune();
      await settled();
      expect(await storage.blobs.has(blob)).toBe(true);
    });
    retention.prune();
    await settled();
    expect(await storage.blobs.has(blob)).toBe(false);
    expect(retention.progress().files).toBe(1);
  });
});
