import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

const COUNT = `const kept = $getWorkflowStaticData('global');
kept.count = (kept.count ?? 0) + 1;
return { count: kept.count, id: $input.first().json.body.id };`;

async function activate(save: 'all' | 'none', path: string) {
  const { client } = engine.app;
  const document = WorkflowDocument.parse({
    name: path,
    settings: { save },
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path, methods: ['POST'], respond: 'at-end' },
      },
      { id: 'code', name: 'Code', type: 'code', parameters: { code: COUNT } },
      {
        id: 'new',
        name: 'New',
        type: 'remove-duplicates',
        parameters: { operation: 'earlier', value: '={{ $json.id }}' },
      },
      {
        id: 'mark',
        name: 'Mark',
        type: 'execution-data',
        parameters: { marks: [{ key: 'count', value: '={{ $json.count }}' }] },
      },
    ],
    connections: [
      { from: { node: 'hook' }, to: { node: 'code' } },
      { from: { node: 'code' }, to: { node: 'new' } },
      { from: { node: 'new' }, to: { node: 'mark' } },
    ],
  });
  const { id } = await client.workflows.create({ document });
  await client.workflows.activate({ id });
  return id;
}

const call = async (path: string, id: string) =>
  (await (
    await fetch(`${engine.app.url}/webhook/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    })
  ).json()) as unknown;

it.each(['all', 'none'] as const)('is there for the next execution, save: %s', async (save) => {
  const id = await activate(save, `kept-${save}`);
  expect(await call(`kept-${save}`, 'a')).toEqual({ count: 1, id: 'a' });
  expect(await call(`kept-${save}`, 'a')).toEqual({});
  expect(await call(`kept-${save}`, 'b')).toEqual({ count: 3, id: 'b' });
  const { items } = await engine.app.client.executions.list({ workflowId: id });
  expect(items.map(({ marks }) => marks)).toEqual(
    save === 'all' ? [{ count: '3' }, undefined, { count: '1' }] : [],
  );
});

it('code marks its execution, which later nodes and lists see at once', async () => {
  const { client } = engine.app;
  const code = `const { customData } = $execution;
    for (let n = 0; n < 11; n++) customData.set('k' + n, n);
    customData.set('k0', 'x'.repeat(600));
    return { tenth: customData.get('k10') ?? null };`;
  const value = '={{ $execution.customData.get("k1") + $json.tenth }}';
  const document = WorkflowDocument.parse({
    name: 'marked',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger', parameters: {} },
      { id: 'code', name: 'Code', type: 'code', parameters: { code } },
      {
        id: 'read',
        name: 'Read',
        type: 'set-fields',
        parameters: { assignments: [{ name: 'read', value }] },
      },
      { id: 'wait', name: 'Wait', type: 'wait', parameters: { until: 'webhook' } },
    ],
    connections: [
      { from: { node: 'start' }, to: { node: 'code' } },
      { from: { node: 'code' }, to: { node: 'read' } },
      { from: { node: 'read' }, to: { node: 'wait' } },
    ],
  });
  const { id: workflowId } = await client.workflows.create({ document });
  const { id: executionId } = await client.executions.start({ workflowId });
  const now = async () => client.executions.get({ id: executionId });
  while ((await now()).status !== 'waiting') await new Promise((resolve) => setImmediate(resolve));
  const { marks, nodeRuns } = await now();
  expect(marks).toEqual({
    k0: 'x'.repeat(512),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`k${n}`, String(n)])),
  });
  const runOf = (id: string) => nodeRuns.find(({ nodeId }) => nodeId === id);
  expect(runOf('read')?.outputs[0]).toMatchObject([{ json: { read: '1null' } }]);
  expect(runOf('code')?.logs?.[0]).toMatchObject({ level: 'warn', text: expect.stringContaining('k10') });
  await client.executions.stop({ id: executionId });
  expect(Object.keys((await now()).marks ?? {})).toHaveLength(10);
});
