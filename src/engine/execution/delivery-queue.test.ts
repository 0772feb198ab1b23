import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '../../contract/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import { buildGraph } from '../workflow/index.ts';
import type { CompiledNode, CompiledWorkflow } from './compiled-workflow.ts';
import { DeliveryQueue, type BranchOrder, type Delivery } from './delivery-queue.ts';

/** `a>b.1` connects a to input 1 of b. Nodes stand one below the other in the order of their names. */
function workflowOf(...wires: string[]): CompiledWorkflow {
  const names = [
    ...new Set(wires.flatMap((wire) => wire.split('>').map((end) => end.split('.')[0] as string))),
  ].sort();
  const document: WorkflowDocument = {
    name: 'test',
    schemaVersion: 1,
    settings: {},
    nodes: names.map((id, row) => ({
      id,
      name: id,
      type: 'no-op',
      typeVersion: 1,
      position: [0, row],
      parameters: {},
    })),
    connections: wires.map((wire) => {
      const [from = '', to = ''] = wire.split('>');
      const [node = '', index = '0'] = to.split('.');
      return {
        from: { node: from, port: 'main', index: 0 },
        to: { node, port: 'main', index: Number(index) },
      };
    }),
  };
  const graph = buildGraph(document);
  const nodes = new Map(
    [...graph.nodes.values()].map(({ node, outgoing, incoming }) => [
      node.id,
      {
        id: node.id,
        node,
        definition: {},
        outgoing,
        inputCount: incoming.length,
        connectedInputs: Object.keys(incoming).map(Number),
      } as unknown as CompiledNode,
    ]),
  );
  return { document, graph, nodes, byName: nodes, triggers: [] };
}

/** `m.1` brings an item to input 1 of m, `m.1 empty` says that none comes. */
const to = (target: string): Delivery => {
  const [address = '', isEmpty] = target.split(' ');
  const [nodeId = '', index = '0'] = address.split('.');
  const items = itemListOf(isEmpty ? [] : [{ json: {} }]);
  return { nodeId, inputIndex: Number(index), items, source: null };
};

function queueOf(workflow: CompiledWorkflow, order: BranchOrder = 'parallel') {
  const queue = new DeliveryQueue(workflow, order);
  return {
    deliver: (...targets: string[]) => queue.deliver(targets.map(to)),
    take: () => queue.take()?.node.id,
    takeIncomplete: (...inFlight: string[]) => {
      const run = queue.takeIncomplete(inFlight);
      return run && `${run.node.id}:${run.inputs.map((list) => (list ? 'x' : '-')).join('')}`;
    },
  };
}

describe('DeliveryQueue', () => {
  it('makes a run of each delivery to a node with one connected input', () => {
    const queue = queueOf(workflowOf('a>c', 'b>c'));
    queue.deliver('c');
    queue.deliver('c');
    expect([queue.take(), queue.take(), queue.take()]).toEqual(['c', 'c', undefined]);
  });

  it('holds a node with several inputs back until all of them have items for the pass', () => {
    const queue = queueOf(workflowOf('a>m.0', 'b>m.1'));
    queue.deliver('m.0');
    queue.deliver('m.0');
    expect(queue.take()).toBeUndefined();
    queue.deliver('m.1');
    expect([queue.take(), queue.take()]).toEqual(['m', undefined]);
    queue.deliver('m.1');
    expect(queue.take()).toBe('m');
  });

  it('runs a node with what it has once nothing active leads to it', () => {
    const queue = queueOf(workflowOf('a>m.0', 'b>m.1', 'x>y'));
    queue.deliver('m.0');
    expect(queue.takeIncomplete('b')).toBeUndefined();
    expect(queue.takeIncomplete('x')).toBe('m:x-');
  });

  it('waits for complete silence in the orders of n8n', () => {
    const queue = queueOf(workflowOf('a>m.0', 'b>m.1', 'x>y'), 'depth-first');
    queue.deliver('m.0');
    expect(queue.takeIncomplete('x')).toBeUndefined();
    expect(queue.takeIncomplete()).toBe('m:x-');
  });

  it('calls what leads to the other inputs in the first order of n8n, the farthest first', () => {
    const queue = queueOf(workflowOf('s>a', 'a>m.0', 'r>q', 'q>m.1'), 'breadth-first');
    queue.deliver('a');
    expect(queue.take()).toBe('a');
    queue.deliver('m.0');
    expect([queue.take(), queue.take()]).toEqual(['r', undefined]);
    queue.deliver('q');
    expect(queue.take()).toBe('q');
    queue.deliver('m.1');
    expect(queue.take()).toBe('m');
  });

  it('counts an empty answer as one, but begins nothing that has nothing but those', () => {
    const queue = queueOf(workflowOf('a>m.0', 'b>m.1'), 'depth-first');
    queue.deliver('m.0', 'm.1 empty');
    expect(queue.take()).toBe('m');
    queue.deliver('m.1 empty');
    expect([queue.take(), queue.takeIncomplete()]).toEqual([undefined, undefined]);
  });

  it('lets the upstream one of two waiting nodes go first', () => {
    const queue = queueOf(workflowOf('a>z.0', 'b>z.1', 'z>m.0', 'c>m.1'));
    queue.deliver('m.1', 'z.0');
    expect(queue.takeIncomplete()).toBe('z:x-');
  });

  it('breaks the tie by position when waiting nodes lead to each other', () => {
    const queue = queueOf(workflowOf('a>m.0', 'n>m.1', 'b>n.0', 'm>n.1'));
    queue.deliver('n.0', 'm.0');
    expect(queue.takeIncomplete()).toBe('m:x-');
  });

  it('goes down one branch before the next, the upper one first, when depth first', () => {
    const queue = queueOf(workflowOf('s>a', 's>b', 'a>c'), 'depth-first');
    queue.deliver('b', 'a');
    expect(queue.take()).toBe('a');
    queue.deliver('c');
    expect([queue.take(), queue.take()]).toEqual(['c', 'b']);
  });

  it('goes level by level when breadth first', () => {
    const queue = queueOf(workflowOf('s>a', 's>b', 'a>c'), 'breadth-first');
    queue.deliver('a', 'b');
    expect(queue.take()).toBe('a');
    queue.deliver('c');
    expect([queue.take(), queue.take()]).toEqual(['b', 'c']);
  });
});
