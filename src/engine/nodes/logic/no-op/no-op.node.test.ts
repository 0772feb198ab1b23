import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { noOp } from './no-op.node.ts';

describe('no-op', () => {
  it('passes items on', async () => {
    const { ports } = await runNode(noOp, { items: items({ a: 1 }, { a: 2 }) });
    expect(ports).toEqual([
      [
        { json: { a: 1 }, pairedItem: { item: 0 } },
        { json: { a: 2 }, pairedItem: { item: 1 } },
      ],
    ]);
  });
});
