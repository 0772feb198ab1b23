import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { limit } from './limit.node.ts';

const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(limit, { parameters, items: items({ n: 0 }, { n: 1 }, { n: 2 }) });
  return ports[0];
};

describe('limit', () => {
  it('keeps the first items', async () => {
    expect(await run({ count: 1 })).toEqual([{ json: { n: 0 }, pairedItem: { item: 0 } }]);
  });

  it('keeps the last items, in order', async () => {
    expect(await run({ count: 2, keep: 'last' })).toEqual([
      { json: { n: 1 }, pairedItem: { item: 1 } },
      { json: { n: 2 }, pairedItem: { item: 2 } },
    ]);
  });

  it('keeps all when there are fewer', async () => {
    expect(await run({ count: 9, keep: 'last' })).toHaveLength(3);
  });
});
