import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { filter } from './filter.node.ts';

describe('filter', () => {
  it('keeps what meets the conditions and gives the rest by the second output', async () => {
    const input = items({ n: 1 }, { n: 2 }, { n: 3 });
    const { ports } = await runNode(filter, {
      items: input,
      parameters: (index) => ({
        conditions: {
          combinator: 'or',
          conditions: [
            { left: input[index]?.json['n'], type: 'number', operation: 'equals', right: 1 },
            { left: input[index]?.json['n'], type: 'number', operation: 'greater', right: 2 },
          ],
        },
      }),
    });
    expect(ports).toEqual([
      [
        { json: { n: 1 }, pairedItem: { item: 0 } },
        { json: { n: 3 }, pairedItem: { item: 2 } },
      ],
      [{ json: { n: 2 }, pairedItem: { item: 1 } }],
    ]);
  });
});
