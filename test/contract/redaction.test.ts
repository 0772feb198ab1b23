import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const SECRET = 'hunter2-of-the-suite';
const main = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });

function documentOf(waitMs: number, code: string) {
  return WorkflowDocument.parse({
    name: 'Hidden',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger' },
      { id: 'wait', name: 'Wait', type: 'wait', parameters: { amount: waitMs, unit: 'milliseconds' } },
      { id: 'code', name: 'Code', type: 'code', parameters: { code } },
    ],
    connections: [main('start', 'wait'), main('wait', 'code')],
    settings: { redact: ['password'] },
  });
}

describe('fields that a workflow hides', () => {
  let dataDir: string;
  let engine: TestApp;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'guixuflow-test-'));
    engine = await startTestApp({ dataDir });
  });
  afterEach(async () => {
    await engine.stop({ keepData: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  const run = async (document: WorkflowDocument) => {
    const { id: workflowId } = await engine.app.client.workflows.create({ document });
    const input = [{ json: { user: { name: 'Ann', password: SECRET } } }];
    const { id } = await engine.app.client.executions.start({ workflowId, input });
    return { id, workflowId };
  };
  const ended = async (id: string) => {
    await vi.waitUntil(
      async () => (await engine.app.client.executions.get({ id, itemLimit: 0 })).finishedAt !== null,
      { timeout: 15_000 },
    );
    return engine.app.client.executions.get({ id });
  };
  const onDisk = async () => {
    for (const name of await readdir(dataDir)) {
      if (!name.startsWith('guixuflow.db')) continue;
      if ((await readFile(join(dataDir, name))).includes(SECRET)) return name;
    }
    return null;
  };

  it('are true while it runs, shown to nobody and never on the disk', async () => {
    const watching = new AbortController();
    const events: unknown[] = [];
    const stream = await engine.app.client.events.subscribe({}, { signal: watching.signal });
    const watched = (async () => {
      for await (const event of stream) events.push(event);
    })().catch(() => {});
    const code =
      'const { user } = $input.first().json; console.log(user.password); return { length: user.password.length, user };';
    const { id } = await run(documentOf(0, code));
    const execution = await ended(id);
    expect(execution.status).toBe('success');
    const last = execution.nodeRuns.at(-1);
    expect(last?.outputs[0]?.[0]?.json).toEqual({
      length: SECRET.length,
      user: { name: 'Ann', password: '[redacted]' },
    });
    expect(last?.logs?.map(({ text }) => text)).toEqual(['[redacted]']);
    expect(await engine.app.client.executions.items({ id, nodeId: 'start' })).toMatchObject({
      items: [{ json: { user: { name: 'Ann', password: '[redacted]' } } }],
    });
    await vi.waitUntil(() => JSON.stringify(events).includes('execution-finished'));
    watching.abort();
    await watched;
    expect(JSON.stringify(events)).not.toContain(SECRET);
    expect(JSON.stringify(execution)).not.toContain(SECRET);
    expect(await onDisk()).toBeNull();
  });

  it('are not told by errors', async () => {
    const { id } = await run(documentOf(0, 'throw new Error("wrong: " + $input.first().json.user.password)'));
    const execution = await ended(id);
    expect(execution).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(execution)).toContain('wrong: [redacted]');
    expect(JSON.stringify(execution)).not.toContain(SECRET);
    expect(await onDisk()).toBeNull();
  });

  it('are true again when the execution goes on after a restart, and where an earlier one is re-used', async () => {
    const code = 'return { length: $input.first().json.user.password.length };';
    const { id, workflowId } = await run(documentOf(3000, code));
    await vi.waitUntil(
      async () => (await engine.app.client.executions.get({ id, itemLimit: 0 })).status === 'waiting',
    );
    await engine.stop({ keepData: true });
    expect(await onDisk()).toBeNull();
    engine = await startTestApp({ dataDir });
    const execution = await ended(id);
    expect(execution).toMatchObject({ status: 'success' });
    expect(execution.nodeRuns.at(-1)?.outputs[0]?.[0]?.json).toEqual({ length: SECRET.length });

    const again = await engine.app.client.executions.start({
      workflowId,
      destinationNode: 'code',
      reuseExecutionId: id,
    });
    expect((await ended(again.id)).nodeRuns.at(-1)?.outputs[0]?.[0]?.json).toEqual({ length: SECRET.length });
    expect(await onDisk()).toBeNull();
  });
});
