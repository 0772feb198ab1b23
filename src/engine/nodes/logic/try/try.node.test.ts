import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { tryNode } from './try.node.ts';

describe('try', () => {
  it('passes items on at its first output and nothing at the other', async () => {
    const { ports } = await runNode(tryNode, { items: items({ a: 1 }, { a: 2 }) });
    expect(ports).toEqual([
      [
        { json: { a: 1 }, pairedItem: { item: 0 } },
        { json: { a: 2 }, pairedItem: { item: 1 } },
      ],
      [],
    ]);
  });
});
