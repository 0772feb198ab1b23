import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from '../../src/engine/storage/index.ts';
import { removeFolder, temporaryFolder } from './databases.ts';
import { sampleDocument } from './samples.ts';

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
});
