import type { WorkflowDocumentInput } from '../../src/contract/index.ts';

type NodeInput = WorkflowDocumentInput['nodes'][number];

/** Nodes one after another, each connected to the next. */
export function chain(name: string, ...nodes: Array<Omit<NodeInput, 'id'>>): WorkflowDocumentInput {
  return {
    name,
    nodes: nodes.map((node, index) => ({ ...node, id: `n${index}`, position: [200 + index * 220, 200] })),
    connections: nodes
      .slice(1)
      .map((_node, index) => ({ from: { node: `n${index}` }, to: { node: `n${index + 1}` } })),
  };
}

export const start = { name: 'Start', type: 'manual-trigger' };
export const set = (name: string, field: string, value: unknown) => ({
  name,
  type: 'set-fields',
  parameters: { assignments: [{ name: field, type: 'any', value }] },
});
export const wait = (seconds: number) => ({
  name: 'Wait',
  type: 'wait',
  parameters: { until: 'interval', amount: seconds, unit: 'seconds' },
});
