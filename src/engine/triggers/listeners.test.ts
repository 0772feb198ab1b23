import { afterEach, describe, expect, it } from 'vitest';
import { NodeError, defineTrigger, MAIN_PORT, param, type ListenContext } from '../node-kit/index.ts';
import { chain, createRig } from './test-rig.ts';

type Rig = Awaited<ReturnType<typeof createRig>>;
let rig: Rig;
afterEach(() => rig.close());

/** A broker in memory: each connection of the trigger is kept, and refused while the broker is down. */
function createBroker() {
  const connections: Array<{ context: ListenContext; isClosed: boolean }> = [];
  const broker = {
    connections,
    isDown: false,
    get current() {
      return connections.at(-1)!;
    },
    trigger: defineTrigger({
      type: 'broker-trigger',
      version: 1,
      outputs: MAIN_PORT,
      parameters: { topic: param.string({ default: 'a' }) },
      trigger: {
        kind: 'listener',
        listen(context) {
          if (broker.isDown)
            return Promise.reject(
              new NodeError('CONNECTION_REFUSED', { service: 'Broker', at: 'here:1', host: 'here' }),
            );
          const connection = { context: context as unknown as ListenContext, isClosed: false };
          connections.push(connection);
          return Promise.resolve({ close: () => void (connection.isClosed = true) });
        },
      },
    }),
  };
  return broker;
}

async function open() {
  const broker = createBroker();
  rig = await createRig(undefined, [broker.trigger]);
  return broker;
}

const listens = (parameters = {}) =>
  chain('Orders', { type: 'broker-trigger', parameters }, { type: 'pass' });

describe('listeners', () => {
  it('begins an execution per message and says so once it is stored', async () => {
    const broker = await open();
    await rig.activate('w', listens());
    await broker.current.context.emit([{ json: { n: 1 } }]);
    expect(await rig.executionsOf('w')).toMatchObject([{ mode: 'trigger', version: 1 }]);
    expect(rig.triggers.statuses('w')).toMatchObject([
      { nodeName: 'broker-trigger', state: 'connected', lastEventAt: rig.clock.now(), error: null },
    ]);
  });

  it('begins one execution for a message that comes twice', async () => {
    const broker = await open();
    await rig.activate('w', listens());
    await broker.current.context.emit([{ json: {} }], { once: 'm1' });
    await broker.current.context.emit([{ json: {} }], { once: 'm1' });
    await broker.current.context.emit([{ json: {} }], { once: 'm2' });
    await rig.idle();
    expect(await rig.executionsOf('w')).toHaveLength(2);
  });

  it('refuses to activate what cannot connect, and names the cause', async () => {
    const broker = await open();
    broker.isDown = true;
    await expect(rig.activate('w', listens())).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(rig.triggers.statuses('w')).toEqual([]);
  });

  it('connects again after a while, longer each time, and tells who is there to be told', async () => {
    const broker = await open();
    await rig.activate('w', listens());
    broker.isDown = true;
    broker.current.context.lost(new Error('gone'));
    await rig.clock.advance(0);
    expect(broker.connections[0]).toMatchObject({ isClosed: true });
    expect(broker.connections[0]?.context.signal.aborted).toBe(true);
    expect(rig.triggers.statuses('w')[0]).toMatchObject({
      state: 'retrying',
      attempts: 1,
      nextAttemptAt: rig.clock.now() + 1000,
      error: { message: 'gone' },
    });
    await rig.clock.advance(1000 + 2000);
    expect(rig.failures).toMatchObject([{ name: 'Orders', error: { code: 'CONNECTION_REFUSED' } }]);
    expect(rig.triggers.statuses('w')[0]).toMatchObject({
      attempts: 3,
      nextAttemptAt: rig.clock.now() + 4000,
    });
    broker.isDown = false;
    await rig.clock.advance(4000);
    expect(rig.triggers.statuses('w')[0]).toMatchObject({ state: 'connected', attempts: 0, error: null });
    expect(broker.connections).toHaveLength(2);
    expect(rig.statusChanges.length).toBeGreaterThan(3);
  });

  it('keeps the connection when a new version asks for the same, and makes a new one otherwise', async () => {
    const broker = await open();
    await rig.activate('w', listens({ topic: 'a' }));
    await rig.republish('w', { ...listens({ topic: 'a' }), name: 'Orders 2' });
    expect(broker.connections).toHaveLength(1);
    await broker.current.context.emit([{ json: {} }]);
    expect(await rig.executionsOf('w')).toMatchObject([{ version: 2 }]);

    await rig.republish('w', listens({ topic: 'b' }));
    await rig.clock.advance(0);
    expect(broker.connections.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(broker.current.context.parameters).toEqual({ topic: 'b' });
  });

  it('goes on trying after a start, when the other side is not there yet', async () => {
    const broker = await open();
    await rig.publish('w', listens());
    broker.isDown = true;
    expect(await rig.triggers.start()).toEqual([]);
    await rig.clock.advance(0);
    expect(rig.triggers.statuses('w')[0]).toMatchObject({ state: 'retrying' });
    broker.isDown = false;
    await rig.clock.advance(1000);
    expect(rig.triggers.statuses('w')[0]).toMatchObject({ state: 'connected' });
  });

  it('gives up an attempt that takes too long, and closes it when it comes after all', async () => {
    const opening = Promise.withResolvers<{ close(): void }>();
    let isClosed = false;
    const slow = defineTrigger({
      type: 'broker-trigger',
      version: 1,
      outputs: MAIN_PORT,
      parameters: {},
      trigger: { kind: 'listener', listen: () => opening.promise },
    });
    rig = await createRig(undefined, [slow]);
    const activated = rig.activate('w', listens());
    const failed = expect(activated).rejects.toMatchObject({ code: 'LISTENER_TIMEOUT' });
    await rig.published('w');
    await rig.clock.advance(30_000);
    opening.resolve({ close: () => void (isClosed = true) });
    await rig.clock.advance(0);
    await failed;
    expect(isClosed).toBe(true);
  });

  it('lets go of everything when the workflow is deactivated', async () => {
    const broker = await open();
    await rig.activate('w', listens());
    await rig.triggers.deactivate('w');
    expect(broker.current.isClosed).toBe(true);
    await expect(broker.current.context.emit([{ json: {} }])).rejects.toMatchObject({
      code: 'LISTENER_CLOSED',
    });
    expect(rig.triggers.statuses('w')).toEqual([]);
  });

  it('connects anew when its credential was changed', async () => {
    const broker = await open();
    const document = chain('Orders', { type: 'broker-trigger', credentials: { login: 'c1' } });
    await rig.activate('w', document);
    await rig.triggers.refreshCredential('other');
    expect(broker.connections).toHaveLength(1);
    await rig.triggers.refreshCredential('c1');
    await rig.clock.advance(0);
    expect(broker.connections.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('keeps what a listener notes down', async () => {
    const broker = await open();
    await rig.activate('w', listens());
    await broker.current.context.kept.set('position', { at: 5 });
    await broker.current.context.kept.set('position', { at: 6 });
    expect(await broker.current.context.kept.get('position')).toEqual({ at: 6 });
  });

  it('takes one message for the editor, runs the draft with it and closes', async () => {
    const broker = await open();
    const document = listens();
    await rig.insert('w', document);
    const listening = await rig.listen('w', document, 'n0');
    expect(listening).toMatchObject({ url: null, methods: [] });
    const { context } = broker.current;
    expect(context.isTest).toBe(true);
    const second = expect(
      context.emit([{ json: { n: 1 } }]).then(() => context.emit([{ json: { n: 2 } }])),
    ).rejects.toMatchObject({ code: 'LISTENER_CLOSED' });
    await second;
    await rig.idle();
    expect(await rig.executionsOf('w')).toMatchObject([{ mode: 'manual', version: null }]);
    expect(broker.current.isClosed).toBe(true);
  });
});
