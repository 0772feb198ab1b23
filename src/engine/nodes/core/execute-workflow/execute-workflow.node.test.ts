import { describe, expect, it } from 'vitest';
import type { Item } from '../../../../contract/index.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { executeWorkflow } from './execute-workflow.node.ts';

function rig(answer: (items: readonly Item[]) => Item[]) {
  const calls: Array<{ workflowId: string; count: number; wait: boolean }> = [];
  const runWorkflow = (request: { workflowId: string; items: readonly Item[]; wait: boolean }) => {
    calls.push({ workflowId: request.workflowId, count: request.items.length, wait: request.wait });
    return Promise.resolve({ executionId: 'e', items: request.wait ? answer(request.items) : [] });
  };
  return { calls, runWorkflow };
}
const doubled = (input: readonly Item[]) =>
  input.map(({ json }) => ({ json: { n: Number(json.n) * 2 }, pairedItem: { item: 9 } }));

describe('execute-workflow', () => {
  it('runs once with all items and keeps the lineage where it can be told', async () => {
    const { calls, runWorkflow } = rig(doubled);
    const { ports } = await runNode(executeWorkflow, {
      parameters: { workflow: 'w1' },
      items: items({ n: 1 }, { n: 2 }),
      runWorkflow,
    });
    expect(calls).toEqual([{ workflowId: 'w1', count: 2, wait: true }]);
    expect(ports[0]).toEqual([
      { json: { n: 2 }, pairedItem: { item: 0 } },
      { json: { n: 4 }, pairedItem: { item: 1 } },
    ]);
    const merged = rig(() => items({ sum: 3 }));
    const { ports: one } = await runNode(executeWorkflow, {
      parameters: { workflow: 'w1' },
      items: items({ n: 1 }, { n: 2 }),
      runWorkflow: merged.runWorkflow,
    });
    expect(one[0]).toEqual([{ json: { sum: 3 } }]);
  });

  it('sends chosen fields in place of whole items', async () => {
    const sent: Item[] = [];
    const { runWorkflow } = rig((given) => (sent.push(...given), []));
    const fields = [{ name: 'a', type: 'number', value: '5' }];
    await runNode(executeWorkflow, {
      parameters: { workflow: 'w1', send: 'fields', fields },
      items: items({ n: 1 }),
      runWorkflow,
    });
    expect(sent).toEqual([{ json: { a: 5 } }]);
  });

  it('runs once per item', async () => {
    const { calls, runWorkflow } = rig((input) => [...doubled(input), ...doubled(input)]);
    const { ports } = await runNode(executeWorkflow, {
      parameters: (index) => ({ workflow: `w${index}`, mode: 'each-item' }),
      items: items({ n: 1 }, { n: 2 }),
      runWorkflow,
    });
    expect(calls.map(({ workflowId }) => workflowId)).toEqual(['w0', 'w1']);
    expect(ports[0]?.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual([
      [2, { item: 0 }],
      [2, { item: 0 }],
      [4, { item: 1 }],
      [4, { item: 1 }],
    ]);
  });

  it('passes its items on when it does not wait', async () => {
    const { calls, runWorkflow } = rig(doubled);
    const { ports } = await runNode(executeWorkflow, {
      parameters: { workflow: 'w1', wait: false },
      items: items({ n: 1 }),
      runWorkflow,
    });
    expect(calls).toEqual([{ workflowId: 'w1', count: 1, wait: false }]);
    expect(ports[0]).toEqual([{ json: { n: 1 }, pairedItem: { item: 0 } }]);
  });
});
