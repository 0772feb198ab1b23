import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { startTestApp, type TestApp } from '../contract/test-app.ts';
import { REACH } from './techniques.ts';

/** The same techniques in a workflow that somebody else wrote for n8n and a user brings along. */
let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

const node = (name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) => ({
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0],
  parameters,
});

/** Places of a workflow where text of its author is run. */
const ROUTES: Record<string, (source: string) => ReturnType<typeof node>> = {
  'a Set field': (source) =>
    node('Try', 'set', 3.4, {
      assignments: { assignments: [{ id: '1', name: 'value', type: 'string', value: `={{ ${source} }}` }] },
    }),
  'a Code node': (source) => node('Try', 'code', 2, { jsCode: `return [{ json: { value: ${source} } }]` }),
  'a Function node': (source) =>
    node('Try', 'function', 1, { functionCode: `return [{ json: { value: ${source} } }]` }),
  'a Function Item node': (source) =>
    node('Try', 'functionItem', 1, { functionCode: `item.value = ${source}; return item;` }),
};

async function run(nodes: ReturnType<typeof node>[]): Promise<unknown[]> {
  const { client } = engine.app;
  const names = nodes.map(({ name }) => name);
  const connections = Object.fromEntries(
    names.slice(1).map((name, index) => [names[index], { main: [[{ node: name, type: 'main', index: 0 }]] }]),
  );
  const text = JSON.stringify({ name: 'Stranger', nodes, connections });
  const { document } = await client.workflows.read({ text });
  const { nodeRuns } = await runDocument(client, { document });
  return (nodeRuns.find(({ nodeName }) => nodeName === names.at(-1))?.outputs[0] ?? []).map(
    ({ json }) => json['value'],
  );
}

const START = node('Start', 'manualTrigger', 1, {});

describe.each(Object.entries(ROUTES))('an imported workflow through %s', (_route, attempt) => {
  it('is really run', async () => {
    expect(await run([START, attempt(`['rea', 'ched'].join('')`)])).toEqual(['reached']);
  });

  it.each(REACH)('reaches nothing by %s', async (_name, source) => {
    for (const value of await run([START, attempt(source)]))
      expect([undefined, null, 'undefined']).toContain(value);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('an imported workflow', () => {
  it('hangs nothing with a regular expression that never ends', async () => {
    const condition = { value1: `${'a'.repeat(40)}!`, operation: 'regex', value2: '^(a+)+$' };
    expect(await run([START, node('Try', 'if', 1, { conditions: { string: [condition] } })])).toEqual([]);
  });
});
