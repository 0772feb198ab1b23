import { afterEach, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { FakeClock } from '../../src/engine/kernel/fake-clock.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
afterEach(() => engine.stop());

const DAY_MS = 86_400_000;

/** Answers with the addresses to resume at, then waits, then goes on over two branches that meet again. */
function waiting(
  wait: Record<string, unknown>,
  more: Partial<WorkflowDocument> = {},
  address = 'resumeUrl',
): WorkflowDocument {
  const at = (node: string) => ({ node });
  const set = (name: string, value: string) => ({ assignments: [{ name, type: 'string', value }] });
  return WorkflowDocument.parse({
    name: 'Waiting',
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path: 'begin', methods: ['POST'], respond: 'respond-node' },
      },
      {
        id: 'answer',
        name: 'Answer',
        type: 'respond-to-webhook',
        parameters: { answer: 'text', text: `={{ $execution.${address} }}` },
      },
      { id: 'wait', name: 'Wait', type: 'wait', parameters: wait },
      {
        id: 'a',
        name: 'A',
        type: 'set-fields',
        parameters: set('a', "={{ $('Hook').first().json.body.n }}"),
      },
    ],
    connections: [
      { from: at('hook'), to: at('answer') },
      { from: at('answer'), to: at('wait') },
      { from: at('wait'), to: at('a') },
    ],
    ...more,
  });
}

async function activate(document: WorkflowDocument): Promise<string> {
  const { client } = engine.app;
  const { id } = await client.workflows.create({ document });
  await client.workflows.activate({ id });
  return id;
}

/** Begins an execution; gives the path its answer names. */
async function begin(): Promise<string> {
  const answer = await fetch(`${engine.app.url}/webhook/begin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"n": "7"}',
  });
  return new URL(await answer.text()).pathname;
}

/** With a clock that stands still: an answer from a node would wait for it. */
async function beginQuietly(workflowId: string): Promise<void> {
  const { client } = engine.app;
  await client.executions.start({ workflowId, startNode: 'hook', input: [{ json: { body: { n: '7' } } }] });
}

const resume = (path: string, init: RequestInit = {}) => fetch(engine.app.url + path, init);

async function status(workflowId: string): Promise<string | undefined> {
  return (await engine.app.client.executions.list({ workflowId })).items[0]?.status;
}

async function until(workflowId: string, wanted: string): Promise<void> {
  while ((await status(workflowId)) !== wanted) await new Promise((resolve) => setImmediate(resolve));
}

async function restart(app: Parameters<typeof startTestApp>[0] = {}): Promise<void> {
  const { dataDir } = engine;
  await engine.stop({ keepData: true });
  engine = await startTestApp({ ...app, dataDir });
}

it.each(['parallel', 'depth-first'] as const)(
  'a call resumes a wait once, also after a restart, order: %s',
  async (branchOrder) => {
    engine = await startTestApp();
    const wait = { until: 'webhook', respond: 'at-end', callOptions: { suffix: 'yes' } };
    const id = await activate(waiting(wait, { settings: { branchOrder } }));
    const path = await begin();
    await until(id, 'waiting');
    await restart();
    expect(await status(id)).toBe('waiting');
    expect((await resume(path)).status).toBe(409);
    expect((await resume(`${path}/yes`, { method: 'DELETE' })).status).toBe(405);
    const answer = await resume(`${path}/yes?choice=ok`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"by": "ann"}',
    });
    expect(await answer.json()).toMatchObject({ query: { choice: 'ok' }, body: { by: 'ann' }, a: '7' });
    const again = await resume(`${path}/yes`, { method: 'POST' });
    expect({ status: again.status, body: await again.json() }).toMatchObject({
      status: 409,
      body: { code: 'WAIT_OVER' },
    });
    await until(id, 'success');
  },
);

it('a form ends a wait once, at its own address, also after a restart', async () => {
  engine = await startTestApp();
  const wait = {
    ...{ until: 'form', title: '=Order {{ $json.body.n }}', fields: [{ label: 'Approve?', required: true }] },
    ...{ suffix: 'boss/ok', respond: 'at-end', endTitle: 'Thank you' },
  };
  const id = await activate(waiting(wait, {}, 'resumeFormUrl'));
  const path = await begin();
  expect(path).toMatch(/^\/form-waiting\/[\w-]{32}$/);
  await until(id, 'waiting');
  await restart();
  const send = (to: string, answers: Record<string, string>) =>
    resume(to, { method: 'POST', body: new URLSearchParams(answers) });
  const page = await resume(`${path}/boss/ok`);
  expect(page.headers.get('content-security-policy')).toContain('sandbox');
  expect(await page.text()).toContain('<h1>Order 7</h1>');
  // The token alone, and the address for calls, lead nowhere.
  expect((await resume(path)).status).toBe(410);
  expect((await resume(`${path.replace('form', 'webhook')}/boss/ok`)).status).toBe(409);
  expect((await send(`${path}/boss/ok`, { f0: '' })).status).toBe(422);
  const answer = await send(`${path}/boss/ok`, { f0: 'yes' });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Thank you')]);
  expect((await send(`${path}/boss/ok`, { f0: 'no' })).status).toBe(410);
  await until(id, 'success');
  const { client } = engine.app;
  const { items } = await client.executions.list({ workflowId: id });
  const { nodeRuns } = await client.executions.get({ id: items[0]!.id });
  expect(nodeRuns.find(({ nodeId }) => nodeId === 'a')?.outputs[0]).toMatchObject([
    { json: { 'Approve?': 'yes', formMode: 'production', a: '7' } },
  ]);
});

it('two calls at once resume it once', async () => {
  engine = await startTestApp();
  const id = await activate(waiting({ until: 'webhook' }));
  const path = await begin();
  await until(id, 'waiting');
  const both = await Promise.all([resume(path), resume(path)]);
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

it('what is due after a restart goes on by itself', async () => {
  const clock = new FakeClock();
  engine = await startTestApp({ app: { clock } });
  const id = await activate(waiting({ until: 'interval', amount: 2, unit: 'days' }));
  await beginQuietly(id);
  await until(id, 'waiting');
  await clock.advance(DAY_MS);
  await restart({ app: { clock } });
  await clock.advance(DAY_MS - 1);
  expect(await status(id)).toBe('waiting');
  await clock.advance(1);
  await until(id, 'success');
  const [execution] = (await engine.app.client.executions.list({ workflowId: id })).items;
  const { nodeRuns } = await engine.app.client.executions.get({ id: execution!.id });
  expect(nodeRuns.map(({ nodeName, status: state }) => [nodeName, state])).toEqual([
    ['Hook', 'success'],
    ['Answer', 'success'],
    ['Wait', 'success'],
    ['A', 'success'],
  ]);
  expect(nodeRuns.at(-1)?.outputs[0]?.[0]?.json).toMatchObject({ a: '7' });
});

it('goes on with its items when nobody called in time', async () => {
  const clock = new FakeClock();
  engine = await startTestApp({ app: { clock } });
  const id = await activate(
    waiting({ until: 'webhook', limit: 'interval', limitAmount: 3, limitUnit: 'hours' }),
  );
  await beginQuietly(id);
  await until(id, 'waiting');
  await clock.advance(3 * 3_600_000);
  await until(id, 'success');
});

it('is stopped while it waits, and nothing is left', async () => {
  engine = await startTestApp();
  const id = await activate(waiting({ until: 'webhook' }));
  const path = await begin();
  await until(id, 'waiting');
  await restart();
  const [execution] = (await engine.app.client.executions.list({ workflowId: id })).items;
  await engine.app.client.executions.stop({ id: execution!.id });
  expect(await status(id)).toBe('cancelled');
  expect((await resume(path)).status).toBe(409);
});
