import { afterEach, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { FakeClock } from '../../src/engine/kernel/fake-clock.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
afterEach(() => engine.stop());

/** Answers with the link, asks, and leads each outcome to a node of its name. */
function asking(parameters: Record<string, unknown> = {}): WorkflowDocument {
  const at = (node: string, index = 0) => ({ node, index });
  return WorkflowDocument.parse({
    name: 'Refunds',
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'refund', methods: ['POST'], respond: 'respond-node' },
      },
      {
        id: 'answer',
        name: 'Answer',
        type: 'respond-to-webhook',
        parameters: { answer: 'text', text: '={{ $execution.resumeFormUrl }}' },
      },
      {
        id: 'ask',
        name: 'Ask',
        type: 'approval',
        parameters: {
          title: '=Refund {{ $("Hook").first().json.body.n }}',
          message: 'Please **check** <script>alert(1)</script>',
          fields: [{ label: 'Amount', value: '=<b>{{ $("Hook").first().json.body.n }}</b>' }],
          ...parameters,
        },
      },
      { id: 'yes', name: 'Yes', type: 'no-op' },
      { id: 'no', name: 'No', type: 'no-op' },
      ...(parameters.limit ? [{ id: 'late', name: 'Late', type: 'no-op' }] : []),
    ],
    connections: [
      { from: at('hook'), to: at('answer') },
      { from: at('answer'), to: at('ask') },
      { from: at('ask'), to: at('yes') },
      { from: at('ask', 1), to: at('no') },
      ...(parameters.limit ? [{ from: at('ask', 2), to: at('late') }] : []),
    ],
  });
}

async function activate(document: WorkflowDocument): Promise<string> {
  const { client } = engine.app;
  const { id } = await client.workflows.create({ document });
  await client.workflows.activate({ id });
  return id;
}

/** Begins an execution; gives the link to its approval. */
async function begin(): Promise<string> {
  const answer = await fetch(`${engine.app.url}/webhook/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"n": "7"}',
  });
  return engine.app.url + new URL(await answer.text()).pathname;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function open() {
  for (;;) {
    const { items } = await engine.app.client.pending.list({});
    if (items[0]) return items[0];
    await turn();
  }
}

/** What the node got, once the execution has ended. */
async function outcome(executionId: string, nodeId: string): Promise<unknown> {
  for (;;) {
    const execution = await engine.app.client.executions.get({ id: executionId });
    if (execution.status === 'success')
      return execution.nodeRuns.find((run) => run.nodeId === nodeId)?.outputs[0]?.[0]?.json.approval;
    await turn();
  }
}

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

it('lists what waits and goes on where someone decides in the app', async () => {
  engine = await startTestApp();
  const workflowId = await activate(asking());
  await begin();
  const pending = await open();
  expect(pending).toMatchObject({
    kind: 'approval',
    workflowId,
    workflowName: 'Refunds',
    nodeName: 'Ask',
    about: { title: 'Refund 7', fields: [{ label: 'Amount', value: '<b>7</b>' }] },
    dueAt: null,
    decision: null,
  });
  const { client } = engine.app;
  const { executionId, nodeId } = pending;
  await client.pending.decide({ executionId, nodeId, approved: false, comment: ' too much ' });
  expect(await client.pending.list({})).toEqual({ items: [], open: 0 });
  const { items: decided } = await client.pending.list({ state: 'decided' });
  expect(decided[0]?.decision).toMatchObject({ approved: false, comment: 'too much', via: 'app' });
  expect(await outcome(executionId, 'no')).toMatchObject({
    decision: 'rejected',
    comment: 'too much',
    via: 'app',
    by: null,
  });
  const again = client.pending.decide({ executionId, nodeId, approved: true });
  await expect(again).rejects.toMatchObject({ code: 'WAIT_OVER' });
});

it('is decided by a link once, after a restart, and looking decides nothing', async () => {
  engine = await startTestApp();
  await activate(asking());
  const path = new URL(await begin()).pathname;
  const { executionId } = await open();
  const { dataDir } = engine;
  await engine.stop({ keepData: true });
  engine = await startTestApp({ dataDir });
  const link = engine.app.url + path;

  for (let look = 0; look < 2; look++) {
    const page = await fetch(link);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<strong>check</strong>');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;b&gt;7&lt;/b&gt;');
  }
  expect((await engine.app.client.pending.list({})).open).toBe(1);
  expect((await fetch(link, form({ decision: 'perhaps' }))).status).toBe(400);

  const decided = await fetch(link, form({ decision: 'approve', comment: 'fine', by: 'Ann' }));
  expect(decided.status).toBe(200);
  expect(await decided.text()).toContain('Approved');
  expect(await outcome(executionId, 'yes')).toMatchObject({
    decision: 'approved',
    comment: 'fine',
    by: 'Ann',
    via: 'link',
  });
  const late = await fetch(link, form({ decision: 'reject' }));
  expect(late.status).toBe(410);
  const shown = await (await fetch(link)).text();
  expect(shown).toContain('Approved');
  expect(shown).toContain('Ann');
});

it('leaves by an output of its own when the time is up', async () => {
  const clock = new FakeClock();
  engine = await startTestApp({ app: { clock } });
  const workflowId = await activate(
    asking({ title: 'Refund', fields: [], limit: 'interval', limitAmount: 2, limitUnit: 'days' }),
  );
  const { client } = engine.app;
  await client.executions.start({ workflowId, startNode: 'ask', input: [{ json: { a: 1 } }] });
  const { executionId, dueAt } = await open();
  expect(dueAt).toBe(clock.now() + 2 * 86_400_000);
  await clock.advance(2 * 86_400_000);
  expect(await outcome(executionId, 'late')).toMatchObject({ decision: 'expired' });
  expect((await client.pending.list({})).open).toBe(0);
});

it('asks for nothing any more once its execution is stopped', async () => {
  engine = await startTestApp();
  await activate(asking());
  await begin();
  const { executionId } = await open();
  await engine.app.client.executions.stop({ id: executionId });
  expect((await engine.app.client.pending.list({})).open).toBe(0);
});

it('tells of approvals that wait, and of failures once per workflow', async () => {
  engine = await startTestApp();
  await activate(asking());
  await begin();
  await open();
  const failing = WorkflowDocument.parse({
    name: 'Failing',
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'fail', methods: ['GET'], respond: 'at-end' },
      },
      { id: 'stop', name: 'Stop', type: 'stop-and-error', parameters: { message: 'out of stock' } },
    ],
    connections: [{ from: { node: 'hook' }, to: { node: 'stop' } }],
  });
  const failingId = await activate(failing);
  for (let call = 0; call < 3; call++) await fetch(`${engine.app.url}/webhook/fail`);
  const { dataDir } = engine;
  await engine.stop({ keepData: true });
  engine = await startTestApp({ dataDir });

  const { items, unread } = await engine.app.client.notifications.list();
  expect(items.map(({ kind }) => kind).toSorted()).toEqual(['approval-waiting', 'execution-failed']);
  expect(unread).toBe(2);
  const failed = items.find(({ kind }) => kind === 'execution-failed');
  expect(failed).toMatchObject({ workflowId: failingId, workflowName: 'Failing', count: 3, read: false });
  expect(failed?.error?.message).toContain('out of stock');
  expect(await engine.app.client.notifications.markRead({ subjects: [failed?.subject ?? ''] })).toEqual({
    unread: 1,
  });
  expect(await engine.app.client.notifications.markRead({})).toEqual({ unread: 0 });
});
