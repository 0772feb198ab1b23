import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import type { Item } from '../../../../contract/index.ts';
import { progressOf } from './take-batch.ts';
import { loopOverItems } from './loop-over-items.node.ts';

/** A loop in one execution: every call is a run, fed by the node before the loop or by the end of its body. */
function startLoop(parameters: Record<string, unknown>) {
  const state = {};
  let runIndex = 0;
  return async (from: 'before' | 'body' | 'other branch', given: Item[]) => {
    const { ports } = await runNode(loopOverItems, {
      parameters,
      state,
      runIndex: runIndex++,
      items: given,
      sourceNodeId: from,
    });
    return { loop: ports[0], done: ports[1] };
  };
}

describe('loop-over-items', () => {
  it('hands out batches and gives what came back when all are through', async () => {
    const run = startLoop({ batchSize: 2 });
    expect(await run('before', items({ n: 1 }, { n: 2 }, { n: 3 }))).toEqual({
      loop: [
        { json: { n: 1 }, pairedItem: { item: 0, run: 0 } },
        { json: { n: 2 }, pairedItem: { item: 1, run: 0 } },
      ],
      done: [],
    });
    expect(await run('body', items({ r: 1 }, { r: 2 }))).toEqual({
      loop: [{ json: { n: 3 }, pairedItem: { item: 2, run: 0 } }],
      done: [],
    });
    expect(await run('body', items({ r: 3 }))).toEqual({
      loop: [],
      done: [
        { json: { r: 1 }, pairedItem: { item: 0, run: 1 } },
        { json: { r: 2 }, pairedItem: { item: 1, run: 1 } },
        { json: { r: 3 }, pairedItem: { item: 0, run: 2 } },
      ],
    });
  });

  it('begins again when items come from before the loop, as within another loop', async () => {
    const run = startLoop({});
    await run('before', items({ n: 1 }));
    await run('body', items({ r: 1 }));
    expect((await run('before', items({ n: 2 }))).loop).toEqual([
      { json: { n: 2 }, pairedItem: { item: 0, run: 2 } },
    ]);
    expect((await run('body', items({ r: 2 }))).done).toEqual([
      { json: { r: 2 }, pairedItem: { item: 0, run: 3 } },
    ]);
  });

  it('does not take late items of a second branch for new ones', async () => {
    const run = startLoop({ batchSize: 2 });
    await run('before', items({ n: 1 }, { n: 2 }));
    expect((await run('body', items({ r: 1 }))).done).toHaveLength(1);
    expect(await run('other branch', items({ r: 2 }))).toMatchObject({
      loop: [],
      done: [{ json: { r: 2 } }],
    });
  });

  it('tells expressions how far it is', async () => {
    const state = {};
    const run = (given: Item[], sourceNodeId: string) =>
      runNode(loopOverItems, { parameters: { batchSize: 2 }, state, items: given, sourceNodeId });
    await run(items({ n: 1 }, { n: 2 }, { n: 3 }), 'before');
    expect(progressOf(state)).toEqual({
      currentRunIndex: 0,
      maxRunIndex: 2,
      noItemsLeft: false,
      done: false,
    });
    await run(items({}), 'body');
    expect(progressOf(state)).toMatchObject({ currentRunIndex: 1, noItemsLeft: true, done: false });
    await run(items({}), 'body');
    expect(progressOf(state)).toMatchObject({ noItemsLeft: true, done: true });
  });

  it('starts over when told to', async () => {
    const run = startLoop({ reset: true });
    await run('before', items({ n: 1 }, { n: 2 }));
    expect((await run('body', items({ m: 1 }))).loop).toEqual([
      { json: { m: 1 }, pairedItem: { item: 0, run: 1 } },
    ]);
  });
});
