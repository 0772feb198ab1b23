import { expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { rustSnippet } from './rust-snippet.node.ts';

it('hands its code over to the sandbox', async () => {
  const code = 'fn run(item: Value) -> Value { item }';
  const requests: unknown[] = [];
  const { ports } = await runNode(rustSnippet, {
    parameters: { code, mode: 'each-item' },
    items: items({ a: 1 }),
    runCode: (request) => {
      requests.push(request);
      return Promise.resolve(items({ b: 2 }));
    },
  });
  expect(requests).toEqual([{ language: 'rust', mode: 'each-item', code, timeoutMs: 5000, memoryMb: 128 }]);
  expect(ports[0]).toMatchObject([{ json: { b: 2 } }]);
});
