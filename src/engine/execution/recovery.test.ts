import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument, type Item, type WorkflowDocumentInput } from '../../contract/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { toPorts, waitForCall, type NodeDefinition } from '../node-kit/index.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { createRig, nodes, nodeType, numbers, wire } from './test-rig.ts';

const NEVER = new Promise<never>(() => {});

let storage: Storage;
let dataDir: string;
let clock: FakeClock;
let boots: number;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guixuflow-recovery-'));
  storage = await openStorage({ kind: 'sqlite', dataDir });
  clock = new FakeClock();
  boots = 0;
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Another process on the same database; what the one before had under way is gone with it. */
const boot = (types: NodeDefinition[]) => createRig(types, { storage, clock, bootId: `boot-${++boots}` });
type Rig = ReturnType<typeof boot>;

/** Lets everything run that does not wait for the clock, and what is held back be stored. */
async function untilStored(rig: Rig): Promise<void> {
  await turns();
  await rig.clock.advance(300);
  await turns();
}

/** A commit takes a few turns of the event loop, and an execution a few commits. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Does something outside that is counted: `[item, key]` per call. Items of `stuckAt` never come back. */
function sender(effect: 'read' | 'keyed' | 'unsafe', about: { stuckAt?: number; lanes?: number } = {}) {
  const calls: Array<[unknown, string]> = [];
  const type = nodeType(
    'send',
    (context) =>
      context.perItem(
        async (item, index) => {
          calls.push([item.json.n, context.idempotencyKey(index)]);
          if (item.json.n === about.stuckAt) await NEVER;
          return { json: { sent: item.json.n } };
        },
        { concurrency: about.lanes ?? 1 },
      ),
    { effect },
  );
  return { type, calls, sent: () => calls.map(([n]) => n) };
}

const sendDocument = (more: Record<string, unknown> = {}) => ({
  nodes: nodes({ s: 'start', send: { type: 'send', ...more }, after: 'pass' }),
  connections: wire('s>send', 'send>after'),
});

async function outputs(id: string, nodeId: string): Promise<unknown> {
  const [items] = (await storage.executions.outputs({ executionId: id, nodeId, runIndex: 0 })) ?? [];
  return items?.map(({ json }) => json);
}

/** Takes over and lets everything that can run do so. */
async function recover(rig: Rig) {
  const recovery = await rig.service.recover();
  await recovery.done;
  await untilStored(rig);
  return recovery;
}

async function ended(id: string): Promise<string> {
  return (await storage.executions.get(id))?.status ?? 'gone';
}

describe('an execution whose process died', () => {
  it('goes on with the items it was given, where no node had run yet', async () => {
    const slow = nodeType('slow', () => NEVER);
    const first = boot([slow]);
    const document = { nodes: nodes({ s: 'start', a: 'slow', b: 'pass' }), connections: wire('s>a', 'a>b') };
    const { id } = await first.start(document, { input: numbers(1, 2), store: 'start' });
    const quick = nodeType('slow', ({ items }) => items.map(({ json }) => ({ json })));
    expect(await recover(boot([quick]))).toMatchObject({ resumed: 1, ended: 0 });
    expect(await ended(id)).toBe('success');
    expect(await outputs(id, 'b')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('writes the rows of a data table once, where it died between the rows and what the node gave', async () => {
    await storage.dataTables.create({
      ...{ id: 't', name: 'T', columns: [{ name: 'n', type: 'number', unique: false }], now: 0 },
    });
    const store = (isStuck: boolean) =>
      nodeType(
        'store',
        (context) =>
          context.perItem(async (item, index) => {
            const change = { kind: 'insert' as const, rows: [{ n: item.json.n }] };
            const [row] = await context.tables.write('t', change, index);
            if (isStuck && item.json.n === 2) await NEVER;
            return { json: { row: row?.id } };
          }),
        { effect: 'keyed' },
      );
    const document = { nodes: nodes({ s: 'start', store: 'store' }), connections: wire('s>store') };
    const first = boot([store(true)]);
    const { id } = await first.start(document, { input: numbers(1, 2, 3) });
    await untilStored(first);
    expect(await storage.dataTables.rows({ id: 't', limit: 9 })).toMatchObject({ total: 2 });

    await recover(boot([store(false)]));
    expect(await ended(id)).toBe('success');
    expect(await outputs(id, 'store')).toEqual([{ row: 1 }, { row: 2 }, { row: 3 }]);
    const { items } = await storage.dataTables.rows({ id: 't', limit: 9 });
    expect(items.map(({ values }) => values['n'])).toEqual([1, 2, 3]);
  });

  it('does not run again what was committed', async () => {
    let runs = 0;
    const counted = nodeType('counted', ({ items }) => {
      runs += 1;
      return items.map(({ json }) => ({ json }));
    });
    const slow = (work: () => Promise<never> | Item[]) => nodeType('slow', work);
    const document = {
      nodes: nodes({ s: 'start', a: 'counted', b: 'slow' }),
      connections: wire('s>a', 'a>b'),
    };
    const first = boot([counted, slow(() => NEVER)]);
    const { id } = await first.start(document, { input: numbers(7) });
    await untilStored(first);
    await recover(boot([counted, slow(() => numbers(8))]));
    expect(await ended(id)).toBe('success');
    expect(runs).toBe(1);
    expect(await outputs(id, 'b')).toEqual([{ n: 8 }]);
  });

  it('sends what had not been sent of a keyed effect, with the same keys', async () => {
    const broken = sender('keyed', { stuckAt: 3 });
    const first = boot([broken.type]);
    const { id } = await first.start(sendDocument(), { input: numbers(1, 2, 3, 4) });
    await untilStored(first);
    const whole = sender('keyed');
    await recover(boot([whole.type]));
    expect(await ended(id)).toBe('success');
    expect(whole.sent()).toEqual([3, 4]);
    expect(whole.calls[0]).toEqual(broken.calls[2]);
    expect(await outputs(id, 'after')).toEqual([{ sent: 1 }, { sent: 2 }, { sent: 3 }, { sent: 4 }]);
  });

  it('asks what became of the one unsafe effect that was under way, and repeats none that was committed', async () => {
    const broken = sender('unsafe', { stuckAt: 3 });
    const first = boot([broken.type]);
    const { id } = await first.start(sendDocument(), { input: numbers(1, 2, 3, 4) });
    await untilStored(first);
    const whole = sender('unsafe');
    const second = boot([whole.type]);
    await recover(second);
    expect(await ended(id)).toBe('waiting');
    expect(await second.service.undecided(id)).toEqual([{ nodeId: 'send', runIndex: 0, units: [2] }]);
    expect(whole.sent()).toEqual([]);

    // The question outlives the process as well.
    const third = boot([whole.type]);
    await recover(third);
    await third.service.settle(
      { executionId: id, nodeId: 'send', runIndex: 0 },
      { choice: 'done', items: [{ json: { sent: 'by hand' } }] },
    );
    await untilStored(third);
    expect(await ended(id)).toBe('success');
    expect(whole.sent()).toEqual([4]);
    expect(await outputs(id, 'after')).toEqual([{ sent: 1 }, { sent: 2 }, { sent: 'by hand' }, { sent: 4 }]);
  });

  it('asks about every unsafe effect that was under way at a time', async () => {
    const broken = sender('unsafe', { stuckAt: 2, lanes: 2 });
    const first = boot([broken.type]);
    const { id } = await first.start(sendDocument(), { input: numbers(1, 2, 3, 4, 5) });
    await untilStored(first);
    expect(broken.sent()).toEqual([1, 2, 3, 4, 5]);
    const whole = sender('unsafe');
    const second = boot([whole.type]);
    await recover(second);
    expect(await second.service.undecided(id)).toEqual([{ nodeId: 'send', runIndex: 0, units: [1] }]);
    await second.service.settle(
      { executionId: id, nodeId: 'send', runIndex: 0, unit: 1 },
      { choice: 'repeat' },
    );
    await untilStored(second);
    expect(await ended(id)).toBe('success');
    expect(whole.sent()).toEqual([2]);
  });

  it.each([
    ['repeat', 'success', [3, 4]],
    ['never', 'failed', []],
  ] as const)('follows the word of a node set to %s', async (onReplay, status, sent) => {
    const first = boot([sender('unsafe', { stuckAt: 3 }).type]);
    const { id } = await first.start(sendDocument({ onReplay }), { input: numbers(1, 2, 3, 4) });
    await untilStored(first);
    const whole = sender('unsafe');
    await recover(boot([whole.type]));
    expect(await ended(id)).toBe(status);
    expect(whole.sent()).toEqual(sent);
  });

  it('treats an effect of a whole run as done with the items that were given', async () => {
    const whole = (work: () => Promise<never>) =>
      nodeType('send', work, { effect: 'unsafe', effectUnit: 'run' });
    const first = boot([whole(() => NEVER)]);
    const { id } = await first.start(sendDocument(), { input: numbers(1, 2) });
    await untilStored(first);
    const second = boot([whole(() => Promise.reject(new Error('ran again')))]);
    await recover(second);
    const about = { executionId: id, nodeId: 'send', runIndex: 0 };
    await second.service.settle(about, { choice: 'done', items: numbers(9) });
    await untilStored(second);
    expect(await outputs(id, 'after')).toEqual([{ n: 9 }]);
    await expect(second.service.settle(about, { choice: 'fail' })).rejects.toMatchObject({
      code: 'DECISION_OVER',
    });
  });

  it('goes on in the middle of a loop', async () => {
    const loop = nodeType(
      'loop',
      ({ items, state }) => {
        state.left ??= [...items];
        state.back = [...((state.back as Item[]) ?? []), ...(state.begun ? items : [])];
        state.begun = true;
        const next = (state.left as Item[]).shift();
        return next ? toPorts([next], []) : toPorts([], state.back as Item[]);
      },
      {
        remembers: true,
        outputs: [
          { kind: 'main', name: 'loop' },
          { kind: 'main', name: 'done' },
        ],
      },
    );
    const document = {
      nodes: nodes({ s: 'start', loop: 'loop', send: 'send', end: 'pass' }),
      connections: wire('s>loop', 'loop>send', 'send>loop', 'loop.1>end'),
    };
    const broken = sender('keyed', { stuckAt: 2 });
    const first = boot([loop, broken.type]);
    const { id } = await first.start(document, { input: numbers(1, 2, 3) });
    await untilStored(first);
    const whole = sender('keyed');
    await recover(boot([loop, whole.type]));
    expect(await ended(id)).toBe('success');
    expect([broken.sent(), whole.sent()]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(await outputs(id, 'end')).toEqual([{ sent: 1 }, { sent: 2 }, { sent: 3 }]);
  });

  it('joins branches of which one had come in', async () => {
    const join = nodeType('join', ({ inputs }) => inputs.flatMap((list) => [...list.read()]), {
      inputs: [
        { kind: 'main', name: 'one' },
        { kind: 'main', name: 'two' },
      ],
    });
    const document = {
      nodes: nodes({ s: 'start', quick: 'pass', send: 'send', join: 'join' }),
      connections: wire('s>quick', 's>send', 'quick>join', 'send>join.1'),
    };
    const first = boot([join, sender('read', { stuckAt: 1 }).type]);
    const { id } = await first.start(document, { input: numbers(1) });
    await untilStored(first);
    await recover(boot([join, sender('read').type]));
    expect(await outputs(id, 'join')).toEqual([{ n: 1 }, { sent: 1 }]);
  });

  it('is ended at the third crash, the last time having run alone', async () => {
    const slow = nodeType('slow', () => NEVER);
    const document = { nodes: nodes({ s: 'start', a: 'slow' }), connections: wire('s>a') };
    const first = boot([slow]);
    const { id } = await first.start(document);
    await untilStored(first);
    for (const rig of [boot([slow]), boot([slow])]) {
      const { resumed } = await rig.service.recover();
      expect(resumed).toBe(1);
      await untilStored(rig);
    }
    expect(await recover(boot([slow]))).toMatchObject({ resumed: 0, ended: 1 });
    expect(await storage.executions.get(id)).toMatchObject({
      status: 'failed',
      error: { code: 'EXECUTION_CRASH_LOOP' },
    });
  });

  it('tells of its end whom any other failure is told to', async () => {
    const document = {
      nodes: nodes({ s: 'start', a: 'slow' }),
      connections: wire('s>a'),
      settings: { callbacks: { failure: 'http://127.0.0.1:9/failed' } },
    };
    const slow = nodeType('slow', () => NEVER);
    const first = boot([slow]);
    const { id } = await first.start(document, { mode: 'webhook', workflowId: 'w', version: 1 });
    await untilStored(first);
    for (const rig of [boot([slow]), boot([slow])]) {
      await rig.service.recover();
      await untilStored(rig);
    }
    const last = boot([slow]);
    await recover(last);
    expect(last.finished).toMatchObject([{ id, status: 'failed', error: { code: 'EXECUTION_CRASH_LOOP' } }]);
    expect(await storage.callbacks.list(id)).toMatchObject([{ url: 'http://127.0.0.1:9/failed' }]);
  });

  it('is not blamed for crashes before its turn has come, nor once it gets something done', async () => {
    const slow = nodeType('slow', () => NEVER);
    const document = { nodes: nodes({ s: 'start', a: 'slow' }), connections: wire('s>a') };
    const first = boot([slow]);
    const ids = [await first.start(document), await first.start(document)];
    await untilStored(first);
    for (const rig of [boot([slow]), boot([slow])]) {
      await rig.service.recover();
      await untilStored(rig);
    }
    // The first of the two suspects was run alone, the other was in line.
    expect(await recover(boot([nodeType('slow', () => [])]))).toMatchObject({ ended: 1 });
    expect(await Promise.all(ids.map(({ id }) => ended(id)))).toEqual(['failed', 'success']);
  });

  it('blames nothing on executions that were left in good order', async () => {
    const slow = nodeType('slow', () => NEVER);
    const document = { nodes: nodes({ s: 'start', a: 'slow' }), connections: wire('s>a') };
    const { id } = await boot([slow]).start(document, { store: 'start' });
    for (let stop = 0; stop < 5; stop++) {
      const rig = boot([slow]);
      await (
        await rig.service.recover()
      ).done;
      const drained = rig.service.drain(0);
      await clock.advance(1);
      await drained;
    }
    await recover(boot([nodeType('slow', () => [])]));
    expect(await ended(id)).toBe('success');
  });

  it('waits on for a call that resumes it', async () => {
    const wait = nodeType('wait', () =>
      waitForCall({ kind: 'webhook', webhook: { suffix: 'x' } as never }, null, []),
    );
    const document = { nodes: nodes({ s: 'start', w: 'wait', a: 'pass' }), connections: wire('s>w', 'w>a') };
    const first = boot([wait]);
    const { id } = await first.start(document);
    await untilStored(first);
    const second = boot([wait]);
    await recover(second);
    expect(await ended(id)).toBe('waiting');
    await second.service.stop(id);
    expect(await ended(id)).toBe('cancelled');
  });
});

describe('an execution that waits for another workflow', () => {
  const call = nodeType(
    'call',
    async (context) => {
      const { items } = await context.runWorkflow({
        workflowId: 'child',
        items: context.items,
        wait: true,
      });
      return items;
    },
    { effect: 'keyed', effectUnit: 'run' },
  );
  const parent = { nodes: nodes({ s: 'start', call: 'call' }), connections: wire('s>call') };

  async function publish(document: WorkflowDocumentInput) {
    await storage.workflows.insert({ id: 'child', document: WorkflowDocument.parse(document), now: 0 });
    await storage.workflows.publish('child', 0);
  }

  it.each(['all', 'none'] as const)('finds the one it began, saving %s of it', async (save) => {
    await publish({
      name: 'Child',
      nodes: nodes({ s: 'start', send: 'send', last: 'slow' }),
      connections: wire('s>send', 'send>last'),
      settings: { save },
    });
    const broken = sender('unsafe');
    const slow = (work: (items: readonly Item[]) => Promise<never> | Item[]) =>
      nodeType('slow', ({ items }) => work(items));
    const first = boot([call, broken.type, slow(() => NEVER)]);
    const { id } = await first.start(parent, { input: numbers(1) });
    await untilStored(first);
    expect(broken.sent()).toEqual([1]);
    const whole = sender('unsafe');
    await recover(boot([call, whole.type, slow((items) => items.map(({ json }) => ({ json })))]));
    expect(await ended(id)).toBe('success');
    expect(whole.sent()).toEqual([]);
    expect(await outputs(id, 'call')).toEqual([{ sent: 1 }]);
    const { items } = await storage.executions.list({ limit: 10, workflowId: 'child' });
    expect(items.map(({ status }) => status)).toEqual(save === 'all' ? ['success'] : []);
  });
});

describe('the queue', () => {
  const slow = (work: () => Promise<never> | Item[]) => nodeType('slow', work);
  const document = {
    nodes: nodes({ s: 'start', a: 'slow' }),
    connections: wire('s>a'),
    settings: { concurrency: 1 },
  };
  const call = (rig: Rig) => rig.start(document, { mode: 'webhook', workflowId: 'w', input: numbers(1) });

  it('outlives the process, in its order', async () => {
    const first = boot([slow(() => NEVER)]);
    const ids = [await call(first), await call(first), await call(first)].map(({ id }) => id);
    await untilStored(first);
    expect(await Promise.all(ids.map(ended))).toEqual(['running', 'queued', 'queued']);
    const order: string[] = [];
    const second = boot([
      nodeType('slow', ({ execution }) => {
        order.push(execution.id);
        return [];
      }),
    ]);
    await recover(second);
    expect(await Promise.all(ids.map(ended))).toEqual(['success', 'success', 'success']);
    expect(order).toEqual(ids);
  });

  it('outlives a stop in good order right after a crash', async () => {
    const first = boot([slow(() => NEVER)]);
    const ids = [await call(first), await call(first)].map(({ id }) => id);
    await untilStored(first);
    const second = boot([slow(() => NEVER)]);
    await recover(second);
    const drained = second.service.drain(0);
    await turns();
    await clock.advance(1);
    await drained;
    await recover(boot([slow(() => numbers(1))]));
    expect(await Promise.all(ids.map((id) => outputs(id, 'a')))).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  });

  it('keeps where an execution goes on that waits for its turn', async () => {
    let isDown = true;
    const types = (work: () => Promise<never> | Item[]) => [
      slow(work),
      nodeType('flaky', ({ items }) => {
        if (isDown) throw new Error('down');
        return items.map(({ json }) => ({ json }));
      }),
    ];
    const flaky = {
      nodes: nodes({ s: 'start', a: 'pass', b: 'flaky' }),
      connections: wire('s>a', 'a>b'),
      settings: { concurrency: 1 },
    };
    const first = boot(types(() => NEVER));
    const failed = await first.start(flaky, { mode: 'webhook', workflowId: 'w', input: numbers(7) });
    expect((await failed.finished).status).toBe('failed');
    isDown = false;
    await call(first);
    const again = await first.service.retry({ executionId: failed.id, from: { kind: 'failed' } });
    const atNode = await first.service.retry({
      executionId: failed.id,
      from: { kind: 'node', nodeId: 'b', items: numbers(8) },
    });
    expect(await Promise.all([again.id, atNode.id].map(ended))).toEqual(['queued', 'queued']);
    await recover(boot(types(() => [])));
    expect(await outputs(again.id, 'b')).toEqual([{ n: 7 }]);
    expect(await outputs(atNode.id, 'b')).toEqual([{ n: 8 }]);
    expect(await outputs(atNode.id, 'a')).toEqual([{ n: 8 }]);
  });

  it('turns callers away when it is full, and forgets who was stopped in it', async () => {
    const rig = createRig([slow(() => NEVER)], {
      ...{ storage, clock, bootId: 'boot' },
      limits: { queued: 1 },
    });
    await call(rig);
    const { id } = await call(rig);
    await expect(call(rig)).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect((await rig.service.stop(id)).status).toBe('cancelled');
    expect(await ended(id)).toBe('cancelled');
    await call(rig);
  });
});

describe('error workflows', () => {
  const document = WorkflowDocument.parse({
    name: 'Fails',
    nodes: nodes({ s: 'start', f: 'fails', e: 'on-error' }),
    connections: wire('s>f'),
  });
  const types = [
    nodeType('fails', () => {
      throw new Error('no');
    }),
    { ...nodeType('on-error', ({ items }) => [...items]), trigger: { kind: 'error' as const } },
  ];
  const ofMode = async (mode: 'error') => (await storage.executions.list({ limit: 10, mode: [mode] })).items;

  it('start once, also when the process ends between the failure and their start', async () => {
    await storage.workflows.insert({ id: 'w', document, now: clock.now() });
    await storage.workflows.publish('w', clock.now());
    const first = boot(types);
    // The process ends with the commit of the failure: nothing that was to follow does.
    const workflows = { published: () => NEVER };
    const dying = createRig(types, {
      storage: { ...storage, workflows: { ...storage.workflows, ...workflows } },
      clock,
      bootId: 'dying',
    });
    await first.service.drain(0);
    const failed = await dying.start(document, {
      ...{ mode: 'webhook', workflowId: 'w', version: 1 },
      startNodeId: 's',
    });
    await failed.finished;
    expect(await ofMode('error')).toEqual([]);

    await recover(boot(types));
    expect(await ofMode('error')).toMatchObject([{ status: 'success', workflowId: 'w' }]);
    await recover(boot(types));
    expect(await ofMode('error')).toHaveLength(1);
  });
});

describe('repeating an execution', () => {
  it('goes on from the node that failed, without the items it had done', async () => {
    const calls: unknown[] = [];
    let isDown = true;
    const send = nodeType(
      'send',
      (context) =>
        context.perItem((item) => {
          if (item.json.n === 3 && isDown) throw new Error('down');
          calls.push(item.json.n);
          return { json: { sent: item.json.n } };
        }),
      { effect: 'unsafe' },
    );
    const rig = boot([send]);
    const { id, finished } = await rig.start(sendDocument(), { input: numbers(1, 2, 3, 4) });
    expect((await finished).status).toBe('failed');
    isDown = false;
    const again = await rig.service.retry({ executionId: id, from: { kind: 'failed' } });
    expect((await again.finished).status).toBe('success');
    expect(calls).toEqual([1, 2, 3, 4]);
    expect(await outputs(again.id, 'after')).toEqual([1, 2, 3, 4].map((sent) => ({ sent })));
    expect(await storage.executions.get(again.id)).toMatchObject({ retryOf: id, mode: 'retry' });
    await expect(
      rig.service.retry({ executionId: again.id, from: { kind: 'failed' } }),
    ).rejects.toMatchObject({
      code: 'RETRY_NOTHING_LEFT',
    });
  });

  it('tries again what was given up', async () => {
    const first = boot([sender('unsafe', { stuckAt: 2 }).type]);
    const { id } = await first.start(sendDocument({ onReplay: 'never' }), { input: numbers(1, 2, 3) });
    await untilStored(first);
    const whole = sender('unsafe');
    const second = boot([whole.type]);
    await recover(second);
    expect(await ended(id)).toBe('failed');
    const again = await second.service.retry({ executionId: id, from: { kind: 'failed' } });
    expect((await again.finished).status).toBe('success');
    expect(whole.sent()).toEqual([2, 3]);
  });

  it('does not send again what the first execution had sent, also after a crash', async () => {
    const down = nodeType(
      'send',
      (context) =>
        context.perItem((item) => {
          if (item.json.n === 3) throw new Error('down');
          return { json: { sent: item.json.n } };
        }),
      { effect: 'unsafe' },
    );
    const first = boot([down]);
    const { id, finished } = await first.start(sendDocument(), { input: numbers(1, 2, 3, 4) });
    await finished;
    const stuck = sender('unsafe', { stuckAt: 3 });
    const second = boot([stuck.type]);
    const again = await second.service.retry({ executionId: id, from: { kind: 'failed' } });
    await untilStored(second);
    expect(stuck.sent()).toEqual([3]);
    const whole = sender('unsafe');
    const third = boot([whole.type]);
    await recover(third);
    expect(await third.service.undecided(again.id)).toEqual([{ nodeId: 'send', runIndex: 0, units: [2] }]);
    await third.service.settle({ executionId: again.id, nodeId: 'send', runIndex: 0 }, { choice: 'repeat' });
    await untilStored(third);
    expect(whole.sent()).toEqual([3, 4]);
    expect(await outputs(again.id, 'after')).toEqual([1, 2, 3, 4].map((sent) => ({ sent })));
  });

  it('stops where the first execution was to stop', async () => {
    let isDown = true;
    const flaky = nodeType('flaky', () => {
      if (isDown) throw new Error('down');
      return numbers(1);
    });
    const rig = boot([flaky]);
    const document = { nodes: nodes({ s: 'start', a: 'flaky', b: 'pass' }), connections: wire('s>a', 'a>b') };
    const { id, finished } = await rig.start(document, { destinationNodeId: 'a' });
    await finished;
    isDown = false;
    const again = await rig.service.retry({ executionId: id, from: { kind: 'failed' } });
    await again.finished;
    expect(await outputs(again.id, 'a')).toEqual([{ n: 1 }]);
    expect(await outputs(again.id, 'b')).toBeUndefined();
  });

  it('begins again with what the trigger gave', async () => {
    const rig = boot([]);
    const document = { nodes: nodes({ s: 'start', a: 'pass' }), connections: wire('s>a') };
    const { id, finished } = await rig.start(document, { input: numbers(5) });
    await finished;
    const again = await rig.service.retry({ executionId: id, from: { kind: 'start' } });
    await again.finished;
    expect(await outputs(again.id, 'a')).toEqual([{ n: 5 }]);
  });

  it('begins at any node with other items', async () => {
    const rig = boot([]);
    const document = {
      nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }),
      connections: wire('s>a', 'a>b'),
    };
    const { id, finished } = await rig.start(document, { input: numbers(5) });
    await finished;
    const again = await rig.service.retry({
      executionId: id,
      from: { kind: 'node', nodeId: 'b', items: numbers(6) },
    });
    await again.finished;
    // What was edited stands where the node before gave it; what it gave stays with the execution that it was.
    expect(await outputs(again.id, 'a')).toEqual([{ n: 6 }]);
    expect(await outputs(again.id, 'b')).toEqual([{ n: 6 }]);
    expect(await outputs(id, 'a')).toEqual([{ n: 5 }]);
  });

  it('lets edited items descend from what those in their places did', async () => {
    const rig = boot([]);
    const document = {
      nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }),
      connections: wire('s>a', 'a>b'),
    };
    const { id, finished } = await rig.start(document, { input: [...numbers(1), ...numbers(2)] });
    await finished;
    const lineage = async (items: Item[]) => {
      const again = await rig.service.retry({ executionId: id, from: { kind: 'node', nodeId: 'b', items } });
      await again.finished;
      return (
        await storage.executions.outputs({ executionId: again.id, nodeId: 'a', runIndex: 0 })
      )?.[0]?.map(({ pairedItem }) => pairedItem);
    };
    expect(await lineage([...numbers(8), ...numbers(9)])).toEqual([{ item: 0 }, { item: 1 }]);
    expect(await lineage(numbers(9))).toEqual([undefined]);
  });
});
