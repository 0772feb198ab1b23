import { describe, expect, it } from 'vitest';
import type { ExecutionStore, ExecutionWrite } from '../storage/index.ts';
import { createRig, nodes, nodeType, numbers, wire } from './test-rig.ts';

describe('starting', () => {
  it('refuses a workflow without a trigger', async () => {
    await expect(createRig().start({ nodes: nodes({ a: 'pass' }) })).rejects.toMatchObject({
      code: 'TRIGGER_MISSING',
    });
  });

  it('asks which of several triggers is meant, naming them', async () => {
    const rig = createRig();
    const document = { nodes: nodes({ s: 'start', t: 'start' }) };
    await expect(rig.start(document)).rejects.toMatchObject({
      code: 'START_NODE_AMBIGUOUS',
      facts: { names: ['s', 't'] },
    });
    expect(await rig.run(document, { startNodeId: 't' })).toMatchObject({ status: 'success' });
    expect(rig.order()).toEqual(['t']);
  });

  it('refuses an unknown node type, naming the node', async () => {
    await expect(createRig().start({ nodes: nodes({ s: 'start', a: 'nowhere' }) })).rejects.toMatchObject({
      code: 'NODE_TYPE_UNKNOWN',
      facts: { node: 'a', type: 'nowhere' },
    });
  });
});

describe('a partial execution', () => {
  const chain = () => ({
    nodes: nodes({ s: 'start', a: 'count', b: 'count', c: 'count', x: 'boom' }),
    connections: wire('s>a', 'a>b', 'b>c', 's>x'),
  });

  /** Counts how often each node really ran. */
  function countingRig() {
    const ran: string[] = [];
    const rig = createRig([
      nodeType('count', (context) => {
        ran.push(context.node.name);
        return numbers(ran.length);
      }),
    ]);
    const store = rig.services.store as { -readonly [K in keyof ExecutionStore]: ExecutionStore[K] };
    const runs = () =>
      rig.commits
        .filter((write: ExecutionWrite) => write.executionId === rig.commits[0]?.executionId)
        .flatMap((write) => write.nodeRuns ?? []);
    const document = () => rig.commits[0]?.insert?.document;
    store.get = () => Promise.resolve({ document: document() } as never);
    store.wholeRuns = () => Promise.resolve([...runs()] as never);
    return { rig, ran };
  }

  it('runs only what the destination needs', async () => {
    const { rig, ran } = countingRig();
    expect(await rig.run(chain(), { destinationNodeId: 'b' })).toMatchObject({ status: 'success' });
    expect(ran).toEqual(['a', 'b']);
  });

  it('takes over the runs of nodes that have not changed, and runs the destination again', async () => {
    const { rig, ran } = countingRig();
    await rig.run(chain(), { destinationNodeId: 'b' });
    await rig.run(chain(), { destinationNodeId: 'c', reuseExecutionId: 'first' });
    expect(ran).toEqual(['a', 'b', 'c']);
    await rig.run(chain(), { destinationNodeId: 'b', reuseExecutionId: 'first' });
    expect(ran).toEqual(['a', 'b', 'c', 'b']);
  });

  it('runs a changed node and all that follows it again', async () => {
    const { rig, ran } = countingRig();
    await rig.run(chain(), { destinationNodeId: 'b' });
    const changed = chain();
    Object.assign(changed.nodes[1] as object, { parameters: { changed: true } });
    await rig.run(changed, { destinationNodeId: 'c', reuseExecutionId: 'first' });
    expect(ran).toEqual(['a', 'b', 'a', 'b', 'c']);
  });
});
