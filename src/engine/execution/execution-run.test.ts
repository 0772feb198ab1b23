import { describe, expect, it } from 'vitest';
import { toPorts, waitUntil } from '../node-kit/index.ts';
import { createRig, nodes, nodeType, numbers, wire } from './test-rig.ts';

const TWO_PORTS = [
  { kind: 'main' as const, name: 'one' },
  { kind: 'main' as const, name: 'two' },
];
/** Even numbers leave by the first port, odd ones by the second. */
const split = nodeType(
  'split',
  ({ items }) => {
    const derived = items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
    return toPorts(
      derived.filter((item) => Number(item.json.n) % 2 === 0),
      derived.filter((item) => Number(item.json.n) % 2 !== 0),
    );
  },
  { outputs: TWO_PORTS },
);
const join = nodeType('join', ({ inputs }) => inputs.flatMap((list) => list.read()), { inputs: TWO_PORTS });

describe('an execution', () => {
  it('gives every node the items of the one before it', async () => {
    const rig = createRig();
    const result = await rig.run(
      { nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }), connections: wire('s>a', 'a>b') },
      { input: numbers(1, 2) },
    );
    expect(result).toMatchObject({ status: 'success', error: null });
    expect(result.lastItems.map((item) => item.json)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(rig.order()).toEqual(['s', 'a', 'b']);
  });

  it('does not start what follows an empty output', async () => {
    const rig = createRig([split]);
    await rig.run(
      {
        nodes: nodes({ s: 'start', split: 'split', even: 'pass', odd: 'pass' }),
        connections: wire('s>split', 'split>even', 'split.1>odd'),
      },
      { input: numbers(2, 4) },
    );
    expect(rig.order()).toEqual(['s', 'split', 'even']);
  });

  it('starts it all the same when the node always gives output', async () => {
    const rig = createRig([nodeType('nothing', () => [])]);
    await rig.run({
      nodes: nodes({ s: 'start', a: { type: 'nothing', alwaysOutput: true }, b: 'pass' }),
      connections: wire('s>a', 'a>b'),
    });
    expect(rig.outputs('b')).toEqual([[[{}]]]);
  });

  it('runs a node once per delivery into its only input', async () => {
    const rig = createRig();
    await rig.run(
      {
        nodes: nodes({ s: 'start', a: 'pass', b: 'pass', c: 'pass' }),
        connections: wire('s>a', 's>b', 'a>c', 'b>c'),
      },
      { input: numbers(1) },
    );
    expect(rig.outputs('c')).toEqual([[[{ n: 1 }]], [[{ n: 1 }]]]);
  });

  it('joins branches, one of them dead', async () => {
    const rig = createRig([split, join]);
    await rig.run(
      {
        nodes: nodes({ s: 'start', split: 'split', even: 'pass', odd: 'pass', join: 'join' }),
        connections: wire('s>split', 'split>even', 'split.1>odd', 'even>join', 'odd>join.1'),
      },
      { input: numbers(2) },
    );
    expect(rig.outputs('join')).toEqual([[[{ n: 2 }]]]);
  });

  it('leaves out a node that needs all inputs when one cannot come', async () => {
    const rig = createRig([split, { ...join, needsAllInputs: true }]);
    const result = await rig.run(
      {
        nodes: nodes({ s: 'start', split: 'split', join: 'join' }),
        connections: wire('s>split', 'split>join', 'split.1>join.1'),
      },
      { input: numbers(2) },
    );
    expect(result.status).toBe('success');
    expect(rig.order()).toEqual(['s', 'split']);
  });

  it('begins what leads to a missing input of a node that calls for it', async () => {
    const rig = createRig([{ ...join, callsInputs: () => true }]);
    await rig.run(
      {
        nodes: nodes({ s: 'start', join: 'join', far: 'pass', near: 'pass' }),
        connections: wire('s>join', 'far>near', 'near>join.1'),
      },
      { input: numbers(1) },
    );
    expect(rig.order()).toEqual(['s', 'far', 'near', 'join']);
  });

  it('goes round a cycle until an output stays empty', async () => {
    const countdown = nodeType('countdown', ({ items }) => {
      const left = Number(items[0]?.json.n) - 1;
      return left > 0 ? numbers(left) : [];
    });
    const rig = createRig([countdown]);
    await rig.run(
      { nodes: nodes({ s: 'start', a: 'countdown', b: 'pass' }), connections: wire('s>a', 'a>b', 'b>a') },
      { input: numbers(4) },
    );
    expect(rig.outputs('a').flat(2)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
  });

  it('ends a cycle that never ends by itself', async () => {
    const rig = createRig();
    const result = await rig.run({
      nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }),
      connections: wire('s>a', 'a>b', 'b>a'),
    });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'NODE_RUN_LIMIT', nodeName: 'a' } });
  });

  it('passes by a disabled node', async () => {
    const rig = createRig();
    await rig.run(
      {
        nodes: nodes({ s: 'start', a: { type: 'boom', disabled: true }, b: 'pass' }),
        connections: wire('s>a', 'a>b'),
      },
      { input: numbers(7) },
    );
    expect(rig.outputs('b')).toEqual([[[{ n: 7 }]]]);
  });

  it('takes pinned data in place of running a node, in manual executions only', async () => {
    const document = {
      nodes: nodes({ s: 'start', a: 'boom' }),
      connections: wire('s>a'),
      pinnedData: { a: numbers(5) },
    };
    const rig = createRig();
    expect(await rig.run(document)).toMatchObject({ status: 'success', lastItems: [{ json: { n: 5 } }] });
    expect(await rig.run(document, { mode: 'webhook' })).toMatchObject({ status: 'failed' });
  });

  it('works on the first item only when told to', async () => {
    const rig = createRig();
    await rig.run(
      { nodes: nodes({ s: 'start', a: { type: 'pass', executeOnce: true } }), connections: wire('s>a') },
      { input: numbers(1, 2, 3) },
    );
    expect(rig.outputs('a')).toEqual([[[{ n: 1 }]]]);
  });
});

describe('a failing node', () => {
  it('stops the execution and is named in the error', async () => {
    const rig = createRig();
    const result = await rig.run({
      nodes: nodes({ s: 'start', a: 'boom', b: 'pass' }),
      connections: wire('s>a', 'a>b'),
    });
    expect(result).toMatchObject({
      status: 'failed',
      error: { code: 'NODE_FAILED', message: 'boom', nodeId: 'a', nodeName: 'a', runIndex: 0 },
    });
    expect(rig.order()).toEqual(['s', 'a']);
  });

  it('passes its items on as they came when it is to continue', async () => {
    const rig = createRig();
    const result = await rig.run(
      {
        nodes: nodes({ s: 'start', a: { type: 'boom', onError: 'continue' }, b: 'pass' }),
        connections: wire('s>a', 'a>b'),
      },
      { input: numbers(1) },
    );
    expect(result.status).toBe('success');
    expect(rig.outputs('b')).toEqual([[[{ n: 1 }]]]);
  });

  it('sends its input to the error output when it has one', async () => {
    const rig = createRig();
    await rig.run(
      {
        nodes: nodes({ s: 'start', a: { type: 'boom', onError: 'error-output' }, b: 'pass', c: 'pass' }),
        connections: wire('s>a', 'a>b', 'a.1>c'),
      },
      { input: numbers(1) },
    );
    expect(rig.order()).toEqual(['s', 'a', 'c']);
    expect(rig.outputs('c')).toEqual([[[{ n: 1, error: 'boom' }]]]);
  });

  it('is tried again with growing pauses', async () => {
    const attempts: number[] = [];
    const rig = createRig([
      nodeType('flaky', (context) => {
        attempts.push(context.now());
        if (attempts.length < 4) throw new Error('not yet');
        return numbers(1);
      }),
    ]);
    const began = rig.clock.now();
    const retry = { attempts: 4, delayMs: 100, backoff: 'exponential' as const };
    const running = await rig.start({
      nodes: nodes({ s: 'start', a: { type: 'flaky', retry } }),
      connections: wire('s>a'),
    });
    await rig.clock.advance(10_000);
    expect(await running.finished).toMatchObject({ status: 'success' });
    expect(attempts.map((at) => at - began)).toEqual([0, 100, 300, 700]);
  });
});

describe('limits', () => {
  const hang = nodeType('hang', () => new Promise<never>(() => {}));
  const document = { nodes: nodes({ s: 'start', a: 'hang' }), connections: wire('s>a') };

  it('ends a node after its time', async () => {
    const rig = createRig([hang]);
    const running = await rig.start({
      nodes: nodes({ s: 'start', a: { type: 'hang', timeoutMs: 500 } }),
      connections: wire('s>a'),
    });
    await rig.clock.advance(500);
    expect(await running.finished).toMatchObject({
      status: 'failed',
      error: { code: 'NODE_TIMEOUT', nodeName: 'a' },
    });
  });

  it('ends an execution after its time', async () => {
    const rig = createRig([hang]);
    const running = await rig.start({ ...document, settings: { timeoutMs: 900 } });
    await rig.clock.advance(900);
    expect(await running.finished).toMatchObject({ status: 'failed', error: { code: 'EXECUTION_TIMEOUT' } });
  });

  it('stops an execution whose node does not listen', async () => {
    const rig = createRig([hang]);
    const running = await rig.start(document);
    await rig.service.stop(running.id);
    expect(await running.finished).toMatchObject({ status: 'cancelled' });
    expect(rig.service.running()).toEqual([]);
  });
});

describe('a waiting node', () => {
  it('gives its items when the time has come, and the execution counts as waiting until then', async () => {
    const rig = createRig([nodeType('later', (context) => waitUntil(context.now() + 5000, context.items))]);
    const running = await rig.start({
      nodes: nodes({ s: 'start', a: 'later', b: 'pass' }),
      connections: wire('s>a', 'a>b'),
    });
    await rig.clock.advance(4999);
    expect(rig.service.running()).toMatchObject([{ id: running.id, status: 'waiting' }]);
    await rig.clock.advance(1);
    expect(await running.finished).toMatchObject({ status: 'success' });
    expect(rig.order()).toEqual(['s', 'a', 'b']);
  });
});

describe('what is written', () => {
  it('is one commit for a short execution of pure nodes', async () => {
    const rig = createRig();
    await rig.run({ nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }), connections: wire('s>a', 'a>b') });
    expect(rig.commits).toHaveLength(1);
    expect(rig.commits[0]).toMatchObject({ insert: { status: 'running' }, finish: { status: 'success' } });
  });

  it('announces a node with an unsafe effect, with all it depends on, before it starts', async () => {
    let committedBefore: unknown;
    const rig = createRig([
      nodeType(
        'send',
        () => {
          committedBefore = rig.commits.map((write) =>
            write.nodeRuns?.map(({ nodeName, status }) => `${nodeName} ${status}`),
          );
          return [];
        },
        { effect: 'unsafe' },
      ),
    ]);
    await rig.run({ nodes: nodes({ s: 'start', a: 'pass', b: 'send' }), connections: wire('s>a', 'a>b') });
    expect(committedBefore).toEqual([['s success', 'a success', 'b running']]);
  });

  it('is nothing when nothing is to be saved', async () => {
    const rig = createRig();
    await rig.run({
      nodes: nodes({ s: 'start', a: 'pass' }),
      connections: wire('s>a'),
      settings: { save: 'none' },
    });
    expect(rig.commits).toEqual([]);
  });

  it('is removed after a success when only failures are to be saved', async () => {
    const rig = createRig();
    const document = {
      nodes: nodes({ s: 'start', a: 'pass' }),
      connections: wire('s>a'),
      settings: { save: 'failed' as const },
    };
    await rig.run(document, { store: 'start' });
    expect(rig.commits.at(-1)).toMatchObject({ discard: true });
  });
});

describe('more items than fit in memory', () => {
  const COUNT = 2500;
  const many = numbers(...Array.from({ length: COUNT }, (_, index) => index));

  it('reach a node that looks at each on its own in parts, with their lineage', async () => {
    const sizes: number[] = [];
    const odd = nodeType(
      'odd',
      (context) => {
        sizes.push(context.items.length);
        return context.perItem((item) => (Number(item.json.n) % 2 ? item : []));
      },
      { itemwise: true },
    );
    const rig = createRig([odd]);
    rig.services.spillBytes = 1000;
    await rig.run(
      { nodes: nodes({ s: 'start', p: 'pass', a: 'odd' }), connections: wire('s>p', 'p>a') },
      { input: many },
    );
    expect(sizes).toEqual([1000, 1000, 500]);
    const run = rig.commits.flatMap((write) => write.nodeRuns ?? []).find(({ nodeName }) => nodeName === 'a');
    const output = run?.outputs[0] as unknown as typeof many;
    expect(output).toHaveLength(COUNT / 2);
    expect(output.at(-1)).toEqual({ json: { n: 2499 }, pairedItem: { item: 2499 } });
  });

  it('reach a node that reads in chunks without being in memory at once, and leave one the same way', async () => {
    const double = nodeType(
      'double',
      (context) => {
        const chunks = async function* () {
          let at = 0;
          for await (const items of context.inputs[0]!.chunks())
            yield items.map(({ json }) => ({ json: { n: Number(json.n) * 2 }, pairedItem: { item: at++ } }));
        };
        expect(context.items).toHaveLength(1);
        return context.perItem(() => context.collect(chunks()));
      },
      { chunked: () => true },
    );
    const rig = createRig([double]);
    rig.services.spillBytes = 1000;
    const { status, lastItems } = await rig.run(
      { nodes: nodes({ s: 'start', p: 'pass', a: 'double' }), connections: wire('s>p', 'p>a') },
      { input: many },
    );
    expect(status).toBe('success');
    expect(lastItems).toHaveLength(COUNT);
    expect(lastItems.at(-1)).toEqual({ json: { n: 4998 }, pairedItem: { item: 2499 } });
  });
});
