import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
let server: Server;
let base = '';
beforeAll(async () => {
  engine = await startTestApp();
  server = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    const from = Number(searchParams.get('from'));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ list: pathname, from, more: from < 4 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await engine.stop();
});

const documentOf = (parameters: Record<string, unknown>) =>
  WorkflowDocument.parse({
    name: 'Pages',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger', parameters: {} },
      { id: 'http', name: 'Ask', type: 'http-request', parameters },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'http' } }],
  });

async function run(parameters: Record<string, unknown>) {
  const { client } = engine.app;
  const document = documentOf(parameters);
  const { id: workflowId } = await client.workflows.create({ document });
  const input = ['a', 'b'].map((list) => ({ json: { list, step: 2 } }));
  const { id } = await client.executions.start({ workflowId, startNode: 'start', input });
  for (;;) {
    const execution = await client.executions.get({ id });
    if (execution.status !== 'running' && execution.status !== 'queued') return execution;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const paged = (value: string) => ({
  url: `=${base}/{{ $json.list }}`,
  pagination: 'changed-parameters',
  pageParameters: [{ place: 'query', name: 'from', value }],
  endWhen: 'expression',
  endExpression: "={{ !$response.body.more && $('Start').item.json.step === 2 }}",
});

it('expressions of pages see the item, other nodes and the answer so far', async () => {
  const { status, nodeRuns } = await run(paged('={{ ($response.body?.from ?? -$json.step) + $json.step }}'));
  expect(status).toBe('success');
  const asked = nodeRuns[1]?.outputs[0]?.map(({ json, pairedItem }) => [json.list, json.from, pairedItem]);
  const pagesOf = (list: string, item: number) => [0, 2, 4].map((from) => [`/${list}`, from, { item }]);
  expect(asked).toEqual([...pagesOf('a', 0), ...pagesOf('b', 1)]);
});

it('a page expression with a mistake in it fails before anything is sent', async () => {
  await expect(run(paged('={{ $pageCount + }}'))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
});

it('the editor shows what an expression gives for the first page, in nodes that have pages', async () => {
  const document = documentOf(paged('1'));
  const preview = (nodeId: string) =>
    engine.app.client.expressions.preview({ document, nodeId, itemIndex: 0, text: '={{ $pageCount + 1 }}' });
  expect(await preview('http')).toEqual({ value: 1 });
  expect(await preview('start')).not.toEqual({ value: 1 });
});
