import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { ifNode } from './if.node.ts';

const above = (limit: number) => (index: number) => ({
  conditions: {
    conditions: [{ left: [1, 5, 'x'][index], type: 'number', operation: 'greater', right: limit }],
  },
});

describe('if', () => {
  it('sends items to the output their conditions say, with lineage', async () => {
    const { ports } = await runNode(ifNode, { parameters: above(2), items: items({ n: 1 }, { n: 5 }) });
    expect(ports).toEqual([
      [{ json: { n: 5 }, pairedItem: { item: 1 } }],
      [{ json: { n: 1 }, pairedItem: { item: 0 } }],
    ]);
  });

  it('names the item whose value cannot be compared', async () => {
    const running = runNode(ifNode, { parameters: above(2), items: items({}, {}, {}) });
    await expect(running).rejects.toMatchObject({
      code: 'CONDITION_INVALID',
      facts: { itemIndex: 2, condition: 1 },
    });
  });

  it('sends only the failing item to the error output', async () => {
    const { ports } = await runNode(ifNode, {
      parameters: above(2),
      items: items({ n: 1 }, { n: 5 }, { n: 'x' }),
      onError: 'error-output',
    });
    expect(ports.map((port) => port.map(({ json }) => json['n']))).toEqual([[5], [1], ['x']]);
  });
});
