import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { startTestApp, type TestApp } from '../contract/test-app.ts';
import { LEFTOVERS, PYTHON, PYTHON_BOMBS } from './python-techniques.ts';

/** Python of a workflow that somebody else wrote for n8n and a user brings along. */
let engine: TestApp;
let server: Server;
let connections = 0;
beforeAll(async () => {
  server = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  engine = await startTestApp({ env: { SECRET_OF_TEST: 'secret' } });
});
afterAll(async () => {
  await engine.stop();
  server.close();
});

async function run(pythonCode: string, timeoutMs?: number) {
  const { client } = engine.app;
  const { port } = server.address() as AddressInfo;
  const nodes = [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
    {
      ...{ name: 'Try', type: 'n8n-nodes-base.code', typeVersion: 2, position: [0, 0] },
      parameters: { language: 'python', pythonCode: pythonCode.replaceAll('PORT', String(port)) },
    },
  ];
  const links = { Start: { main: [[{ node: 'Try', type: 'main', index: 0 }]] } };
  const { document } = await client.workflows.read({
    text: JSON.stringify({ name: 'x', nodes, connections: links }),
  });
  if (timeoutMs !== undefined)
    for (const node of document.nodes) if (node.type === 'code') node.parameters['timeoutMs'] = timeoutMs;
  const { status, error, nodeRuns } = await runDocument(client, { document });
  const items = nodeRuns.find(({ nodeName }) => nodeName === 'Try')?.outputs[0] ?? [];
  return { status, code: error?.code, value: items[0]?.json['value'] };
}

const NOTHING: unknown[] = [undefined, null, 'undefined', ''];

describe('Python of an imported workflow', { timeout: 120_000 }, () => {
  it('is really run', async () => {
    expect(await run('return {"value": "".join(["rea", "ched"])}')).toEqual({
      status: 'success',
      code: undefined,
      value: 'reached',
    });
  });

  it.each(PYTHON)('reaches nothing by %s', async (_name, code) => {
    const { value } = await run(code);
    if (Array.isArray(value)) expect(value).toEqual([]);
    else expect(NOTHING).toContain(value);
    expect(connections).toBe(0);
  });

  it.each(LEFTOVERS)('finds nothing of an earlier run: %s', async (_name, leave, find) => {
    await run(`${leave}\nreturn {"value": "left"}`);
    expect(await run(`value = "not looked"\n${find}\nreturn {"value": value}`)).toMatchObject({
      status: 'success',
      value: null,
    });
  });

  it.each(PYTHON_BOMBS)('ends, and the engine answers meanwhile, in spite of %s', async (_name, code) => {
    let isOver = false;
    const running = run(code, 1500).finally(() => (isOver = true));
    while (!isOver) {
      await engine.app.client.workflows.list({});
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await running).toMatchObject({
      status: 'failed',
      code: expect.stringMatching(/^(CODE_FAILED|CODE_OUTPUT_INVALID|SANDBOX_\w+)$/) as string,
    });
    expect(await run('return {"value": "reached"}')).toMatchObject({ value: 'reached' });
  });
});
