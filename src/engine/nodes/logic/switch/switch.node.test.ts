import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { switchNode } from './switch.node.ts';

const input = items({ n: 1 }, { n: 5 }, { n: 20 });
const valueOf = (index: number) => input[index]?.json['n'];
const more = (left: unknown, right: number) => ({
  conditions: { conditions: [{ left, type: 'number', operation: 'greater', right }] },
});
const rules = (index: number) => [
  { name: 'large', ...more(valueOf(index), 10) },
  { name: 'medium', ...more(valueOf(index), 3) },
];
const numbers = (ports: Array<Array<{ json: Record<string, unknown> }>>) =>
  ports.map((port) => port.map(({ json }) => json['n']));

describe('switch', () => {
  it('sends an item to the first rule that matches and drops it where none does', async () => {
    const { ports } = await runNode(switchNode, {
      items: input,
      parameters: (index) => ({ rules: rules(index) }),
    });
    expect(ports).toEqual([
      [{ json: { n: 20 }, pairedItem: { item: 2 } }],
      [{ json: { n: 5 }, pairedItem: { item: 1 } }],
    ]);
  });

  it('sends an item to all rules that match, and the rest to the extra output', async () => {
    const { ports } = await runNode(switchNode, {
      items: input,
      parameters: (index) => ({ rules: rules(index), allMatching: true, fallback: 'extra' }),
    });
    expect(numbers(ports)).toEqual([[20], [5, 20], [1]]);
  });

  it('sends what matches nothing to a chosen output', async () => {
    const { ports } = await runNode(switchNode, {
      items: input,
      parameters: (index) => ({ rules: rules(index), fallback: 'output', fallbackOutput: 1 }),
    });
    expect(numbers(ports)).toEqual([[20], [1, 5]]);
  });

  it('routes by number', async () => {
    const { ports } = await runNode(switchNode, {
      items: input,
      parameters: (index) => ({ mode: 'index', outputs: 3, output: 2 - index }),
    });
    expect(numbers(ports)).toEqual([[20], [5], [1]]);
  });

  it('refuses a number without an output, unless there is a fallback', async () => {
    const parameters = { mode: 'index', outputs: 2, output: 7 };
    await expect(runNode(switchNode, { items: input, parameters })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'output', itemIndex: 0 },
    });
    const { ports } = await runNode(switchNode, {
      items: input,
      parameters: { ...parameters, fallback: 'extra' },
    });
    expect(numbers(ports)).toEqual([[], [], [1, 5, 20]]);
  });
});
