import { spawn } from 'node:child_process';
import BetterSqlite3 from 'better-sqlite3';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from '../../src/engine/storage/index.ts';
import { removeFolder, temporaryFolder } from './databases.ts';
import { sampleDocument } from './samples.ts';

const PRUNE_CHILD = fileURLToPath(new URL('prune-child.ts', import.meta.url));
const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));

describe('execution store under kill -9', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(() => removeFolder(dataDir));

  it('has every execution whose commit resolved, whole', async () => {
    const child = spawn(process.execPath, [CHILD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.length > 37 * 2000) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const ids = output.split('\n').slice(0, -1);
    expect(ids.length).toBeGreaterThan(1000);

    const { executions, close } = await openStorage({ kind: 'sqlite', dataDir });
    for (const id of ids) {
      expect(await executions.get(id)).toMatchObject({
        status: 'success',
        durationMs: 5,
        document: sampleDocument(),
      });
      expect(await executions.nodeRuns(id)).toHaveLength(1);
      expect(await executions.outputs({ executionId: id, nodeId: 'n1', runIndex: 0 })).toEqual([
        [{ json: { n: 1 } }],
      ]);
    }
    // What was not acknowledged may be there as well, but never in parts.
    const listed = await executions.list({ limit: 200, status: ['success'] });
    for (const { id } of listed.items) expect(await executions.nodeRuns(id)).toHaveLength(1);
    await close();
  }, 60_000);

  it('leaves a clean-up that was killed where the next one goes on', async () => {
    const child = spawn(process.execPath, [PRUNE_CHILD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('batch')) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(output).not.toContain('done');

    const storage = await openStorage({ kind: 'sqlite', dataDir });
    const { items } = await storage.executions.list({ limit: 200 });
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) {
      const outputs = await storage.executions.outputs({
        executionId: id,
        nodeId: 'n1',
        runIndex: 0,
        limit: 1,
      });
      expect(outputs?.[0]).toHaveLength(1);
    }
    const settings = { maxAgeDays: 1, maxPerWorkflow: null, maxTotal: null, maxBytes: null };
    const signal = new AbortController().signal;
    const now = Date.now() + 2 * 24 * 60 * 60 * 1000;
    expect(await storage.history.prune(settings, { now, signal, onBatch: () => {} })).toBe('done');
    // Pieces too, of executions whose rows were gone before the kill.
    expect(await storage.history.usage()).toMatchObject({ executions: 0, runData: 0 });
    await storage.close();
    const db = new BetterSqlite3(join(dataDir, 'guixuflow.db'), { readonly: true });
    for (const table of ['run_data', 'run_data_references', 'execution_logs', 'workflow_documents'])
      expect(db.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0);
    db.close();
  }, 60_000);
});
