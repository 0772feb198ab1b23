import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import type { CodeRequest } from '../../../node-kit/index.ts';
import { code } from './code.node.ts';

describe('code', () => {
  it('hands the code and its limits to the sandbox', async () => {
    const requests: CodeRequest[] = [];
    const { ports } = await runNode(code, {
      parameters: { mode: 'each-item', code: 'return { n: $json.n + 1 };', timeoutMs: 100 },
      items: items({ n: 1 }),
      runCode(request) {
        requests.push(request);
        return Promise.resolve([{ json: { n: 2 }, pairedItem: { item: 0 } }]);
      },
    });
    expect(ports).toEqual([[{ json: { n: 2 }, pairedItem: { item: 0 } }]]);
    expect(requests).toEqual([
      {
        language: 'javascript',
        mode: 'each-item',
        code: 'return { n: $json.n + 1 };',
        timeoutMs: 100,
        memoryMb: 128,
      },
    ]);
  });

  it('wants code', async () => {
    await expect(runNode(code, { parameters: { code: '' }, items: items({}) })).rejects.toMatchObject({
      code: 'PARAMETER_REQUIRED',
    });
  });
});
