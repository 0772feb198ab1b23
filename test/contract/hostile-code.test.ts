import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const codeWorkflow = (code: string, more: Record<string, unknown> = {}) => ({
  name: 'Hostile',
  schemaVersion: 1,
  settings: {},
  nodes: [
    { id: 'a', name: 'Start', type: 'manual-trigger' },
    { id: 'b', name: 'Code', type: 'code', parameters: { code, ...more } },
  ].map((node) => ({ typeVersion: 1, parameters: {}, ...node, position: [0, 0] as [number, number] })),
  connections: [
    {
      from: { node: 'a', port: 'main' as const, index: 0 },
      to: { node: 'b', port: 'main' as const, index: 0 },
    },
  ],
});

// The whole engine, so that nothing between the API and the sandbox can be held up either.
describe('hostile code in an execution', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  it.each([
    ['loops for ever', 'while (true) {}', { timeoutMs: 1500 }, 'SANDBOX_TIMEOUT'],
    [
      'eats memory',
      'const all = []; while (true) all.push(new Array(1e5).fill("x".repeat(100)));',
      { memoryMb: 32 },
      'SANDBOX_MEMORY',
    ],
    ['throws', 'throw new Error("no");', {}, 'CODE_FAILED'],
  ])('%s: it fails as a node, and the engine answers meanwhile', async (_what, code, limits, expected) => {
    const { client } = test.app;
    let isOver = false;
    const run = runDocument(client, { document: codeWorkflow(code, limits) }).finally(() => (isOver = true));
    const answers: boolean[] = [];
    while (!isOver) {
      await client.workflows.list({});
      answers.push(isOver);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const execution = await run;
    expect(execution).toMatchObject({ status: 'failed', error: { code: expected, nodeName: 'Code' } });
    expect(answers.filter((wasOver) => !wasOver).length).toBeGreaterThan(0);
  });
});
