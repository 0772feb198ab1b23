import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  WorkflowDocument,
  type ExecutionDetail,
  type WorkflowDocumentInput,
} from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

const to = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });
const FAILING = [
  {
    id: 'hook',
    name: 'Hook',
    type: 'webhook-trigger',
    parameters: { path: 'fails', respond: 'at-end', methods: ['POST'] },
  },
  { id: 'stop', name: 'Stop here', type: 'stop-and-error', parameters: { message: 'No stock' } },
];

async function activate(document: WorkflowDocumentInput) {
  const { client } = engine.app;
  const { id } = await client.workflows.create({ document: WorkflowDocument.parse(document) });
  await client.workflows.activate({ id });
  return id;
}

/** The only execution in that mode, once it has ended. */
async function ended(workflowId: string): Promise<ExecutionDetail> {
  const { client } = engine.app;
  const list = () => client.executions.list({ workflowId, mode: 'error' });
  await expect.poll(async () => (await list()).items[0]?.finishedAt ?? null, { interval: 5 }).not.toBeNull();
  return client.executions.get({ id: (await list()).items[0]!.id });
}

it('runs the error workflow of a workflow that failed, once', async () => {
  const handler = await activate({
    name: 'Handler',
    nodes: [
      { id: 'error', name: 'On error', type: 'error-trigger' },
      { id: 'stop', name: 'Fails too', type: 'stop-and-error', parameters: { message: 'again' } },
    ],
    connections: [to('error', 'stop')],
  });
  const failing = await activate({
    name: 'Failing',
    nodes: FAILING,
    connections: [to('hook', 'stop')],
    settings: { errorWorkflow: handler },
  });
  await fetch(`${engine.app.url}/webhook/fails`, { method: 'POST' });
  const { nodeRuns, status } = await ended(handler);
  expect(status).toBe('failed');
  expect(nodeRuns[0]?.outputs[0]?.[0]?.json).toMatchObject({
    execution: {
      url: expect.stringContaining('/#/executions/') as string,
      mode: 'webhook',
      error: { message: 'No stock' },
      lastNodeExecuted: 'Stop here',
    },
    workflow: { id: failing, name: 'Failing' },
  });
  // It failed itself, which starts nothing more.
  expect((await engine.app.client.executions.list({ workflowId: handler })).total).toBe(1);
});

it('runs a workflow that has its own error trigger', async () => {
  const id = await activate({
    name: 'On its own',
    nodes: [
      { ...FAILING[0]!, parameters: { ...FAILING[0]!.parameters, path: 'own' } },
      FAILING[1]!,
      { id: 'error', name: 'On error', type: 'error-trigger' },
    ],
    connections: [to('hook', 'stop')],
  });
  await fetch(`${engine.app.url}/webhook/own`, { method: 'POST' });
  expect((await ended(id)).status).toBe('success');
});
