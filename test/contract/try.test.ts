import { afterEach, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { FakeClock } from '../../src/engine/kernel/fake-clock.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
afterEach(() => engine.stop());

const at = (node: string, index = 0) => ({ node, index });
const handle = {
  id: 'handle',
  name: 'Handle',
  type: 'set-fields',
  parameters: {
    assignments: [
      {
        name: 'what',
        type: 'string',
        value: '={{ $json.error.node }}: {{ $json.error.message }} ({{ $json.input[0].n }})',
      },
    ],
  },
};

async function ended(id: string) {
  for (;;) {
    const execution = await engine.app.client.executions.get({ id });
    if (['success', 'failed'].includes(execution.status)) return execution;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it.each(['parallel', 'depth-first', 'breadth-first'] as const)(
  'catches what fails after a wait and a restart, with order %s',
  async (branchOrder) => {
    const clock = new FakeClock();
    engine = await startTestApp({ app: { clock } });
    const { client } = engine.app;
    const document = WorkflowDocument.parse({
      name: 'Careful',
      nodes: [
        { id: 'start', name: 'Start', type: 'manual-trigger' },
        { id: 'try', name: 'Try', type: 'try' },
        { id: 'wait', name: 'Wait', type: 'wait', parameters: { amount: 1, unit: 'days' } },
        {
          id: 'fail',
          name: 'Fail',
          type: 'code',
          parameters: { code: 'throw new Error("out of stock")' },
        },
        { id: 'after', name: 'After', type: 'no-op' },
        handle,
      ],
      connections: [
        { from: at('start'), to: at('try') },
        { from: at('try'), to: at('wait') },
        { from: at('wait'), to: at('fail') },
        { from: at('fail'), to: at('after') },
        { from: at('try', 1), to: at('handle') },
      ],
      settings: { branchOrder },
    });
    const { id: workflowId } = await client.workflows.create({ document });
    const { id } = await client.executions.start({ workflowId, input: [{ json: { n: 7 } }] });
    while ((await client.executions.get({ id })).status !== 'waiting')
      await new Promise((resolve) => setImmediate(resolve));
    const { dataDir } = engine;
    await engine.stop({ keepData: true });
    engine = await startTestApp({ dataDir, app: { clock } });
    await clock.advance(86_400_000);

    const { status, nodeRuns } = await ended(id);
    expect(status).toBe('success');
    const of = (nodeId: string) => nodeRuns.filter((run) => run.nodeId === nodeId);
    expect(of('handle')[0]?.outputs[0]?.[0]?.json).toMatchObject({
      what: expect.stringMatching(/^Fail: .*out of stock.*\(7\)$/s) as string,
    });
    expect(of('after')).toEqual([]);
    expect(of('try').map(({ itemCounts }) => itemCounts)).toEqual([[1, 1]]);
    expect(of('fail')[0]).toMatchObject({ status: 'failed' });
  },
);

it('catches a sub-workflow that fails', async () => {
  engine = await startTestApp();
  const { client } = engine.app;
  const { id: childId } = await client.workflows.create({
    document: WorkflowDocument.parse({
      name: 'Child',
      nodes: [
        { id: 'begin', name: 'Begin', type: 'sub-workflow-trigger' },
        { id: 'fail', name: 'Fail', type: 'stop-and-error', parameters: { message: 'out of stock' } },
      ],
      connections: [{ from: at('begin'), to: at('fail') }],
    }),
  });
  await client.workflows.activate({ id: childId });
  const { id: workflowId } = await client.workflows.create({
    document: WorkflowDocument.parse({
      name: 'Parent',
      nodes: [
        { id: 'start', name: 'Start', type: 'manual-trigger' },
        { id: 'try', name: 'Try', type: 'try' },
        { id: 'call', name: 'Call', type: 'execute-workflow', parameters: { workflow: childId } },
        handle,
      ],
      connections: [
        { from: at('start'), to: at('try') },
        { from: at('try'), to: at('call') },
        { from: at('try', 1), to: at('handle') },
      ],
    }),
  });
  const { id } = await client.executions.start({ workflowId, input: [{ json: { n: 7 } }] });
  const { status, nodeRuns } = await ended(id);
  expect(status).toBe('success');
  const what = nodeRuns.find(({ nodeId }) => nodeId === 'handle')?.outputs[0]?.[0]?.json.what;
  expect(what).toContain('out of stock');
});
