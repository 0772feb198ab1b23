import { connectAsync, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/services/free-port.ts';
import { startMosquitto } from '../../scripts/services/mosquitto.ts';
import { WorkflowDocument } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { mqttCredential } from '../../src/engine/connectors/mqtt/mqtt-credential.ts';
import {
  openListener,
  type OpenListener,
  type OpenListenerOptions,
} from '../../src/engine/node-kit/listen-harness.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { mqtt } from '../../src/engine/nodes/messaging/mqtt/mqtt.node.ts';
import { mqttTrigger } from '../../src/engine/nodes/messaging/mqtt-trigger/mqtt-trigger.node.ts';
import { startTestApp } from '../contract/test-app.ts';
import { startSecuredMosquitto } from './secured-mosquitto.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const url = process.env['GUIXU_TEST_MQTT_URL'];
const program = process.env['GUIXU_TEST_MOSQUITTO'];

describe.skipIf(!url || !program)('MQTT connector', () => {
  const { hostname, port } = new URL(url ?? 'mqtt://127.0.0.1:1883');
  const data: Record<string, string> = { host: hostname, port: port || '1883', version: '3.1.1', tls: 'off' };
  const credentials = { server: { type: 'mqtt', data } };
  /** One per test, so that sessions and topics of one are nothing to the next. */
  let name = '';
  let count = 0;
  let admin: MqttClient;
  let secured: Awaited<ReturnType<typeof startSecuredMosquitto>>;
  let connections: OpenConnections;

  beforeAll(async () => {
    admin = await connectAsync(url!);
    secured = await startSecuredMosquitto(program!);
  });
  afterAll(async () => {
    await admin.endAsync();
    await secured.server.stop();
  });
  beforeEach(() => {
    name = `guixu-test-${process.pid}-${(count += 1)}`;
    connections = openConnections();
  });
  afterEach(async () => {
    await connections.close();
    // Ends the session that a test has left at the server.
    await (await connectAsync(url!, { clientId: name, clean: true })).endAsync();
  });

  const publish = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(mqtt, {
      connections,
      credentials,
      items: items({ n: 1 }),
      ...options,
      parameters: { topic: `${name}/a`, ...parameters },
    });
  const listen = (options: OpenListenerOptions = {}) =>
    openListener(mqttTrigger, {
      credentials,
      ...options,
      parameters: { topics: [{ topic: `${name}/#` }], qos: '2', clientId: name, ...options.parameters },
    });
  const to = (change: Record<string, string>) => ({
    credentials: { server: { type: 'mqtt', data: { ...data, ...change } } },
  });
  const contents = ({ emitted }: OpenListener) => emitted.map(({ items: [item] }) => item?.json.content);
  /** What arrives for somebody else who listens. */
  const watch = async (topic: string, options: IClientOptions = {}) => {
    const client = await connectAsync(url!, options);
    const packets: IPublishPacket[] = [];
    client.on('message', (_topic, _payload, packet) => void packets.push(packet));
    await client.subscribeAsync(topic, { qos: 2 });
    return { packets, close: () => client.endAsync() };
  };

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(mqttCredential, { ...data, ...change }, connections);
    await test();
    await test({ version: '5' });
    const ann = { port: secured.port, user: 'ann', password: 'open sesame' };
    await test(ann);
    for (const version of ['3.1.1', '5']) {
      const failure = await test({ ...ann, version, password: 'planted-secret' }).catch(
        (e: unknown) => e as Error,
      );
      expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
      expect((failure as Error).message).not.toContain('planted');
    }
    await expect(test({ port: secured.port })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
  });

  it('speaks TLS, and checks the certificate of the server', async () => {
    const { port: plainPort, tlsPort, authorities } = secured;
    const sign = { user: 'ann', password: 'open sesame', topic: 'open/a' };
    const send = (change: Record<string, string>) => publish({ topic: 'open/a' }, to({ ...sign, ...change }));
    await send({ port: tlsPort, tls: 'verify', authorities });
    await send({ port: tlsPort, tls: 'no-check' });
    await expect(send({ port: tlsPort, tls: 'verify' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(send({ port: plainPort, tls: 'verify' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(send({ port: plainPort, tls: 'no-check' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(send({ port: tlsPort, tls: 'off' })).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it.each(['0', '1', '2'])('publishes with QoS %s', async (qos) => {
    const watcher = await watch(`${name}/#`);
    await publish({ qos }, { items: items({ n: 1 }, { 城市: '上海' }) });
    await expect.poll(() => watcher.packets.length).toBe(2);
    expect(watcher.packets.map((packet) => [packet.qos, JSON.parse(String(packet.payload))])).toEqual([
      [Number(qos), { n: 1 }],
      [Number(qos), { 城市: '上海' }],
    ]);
    await watcher.close();
  });

  it('keeps a message at the topic, and removes it by an empty one', async () => {
    await publish({ retain: true, content: 'text', text: 'on' });
    const first = await listen();
    await first.until(1);
    expect(first.emitted[0]?.items[0]?.json).toMatchObject({ content: 'on', retain: true, duplicate: false });
    await publish({ retain: true, content: 'text', text: '' });
    await first.until(2);
    expect(first.emitted[1]?.items[0]?.json).toMatchObject({ content: '', retain: false });
    await first.close();
  });

  it('carries files of any bytes and of many megabytes', async () => {
    const binary = memoryBinaryStore();
    const listener = await listen({ binary });
    const bytes = [Buffer.from([0xff, 0, 0xfe]), Buffer.alloc(5_000_000, 0x80)];
    for (const content of bytes) {
      const file = await binary.write(content, { mimeType: 'application/octet-stream' });
      await publish({ content: 'binary' }, { items: [{ json: {}, binary: { data: file } }], binary });
    }
    await listener.until(2);
    for (const [
      index,
      {
        items: [item],
      },
    ] of listener.emitted.entries()) {
      expect(item?.json).not.toHaveProperty('content');
      expect((await binary.read(item!.binary!['data']!)).equals(bytes[index]!)).toBe(true);
    }
    await listener.close();
    await expect(publish({ content: 'binary' })).rejects.toMatchObject({ code: 'BINARY_MISSING' });
  });

  it.each([
    ['1', '3.1.1'],
    ['2', '3.1.1'],
    ['2', '5'],
  ])(
    'publishes a thousand messages of QoS %s by MQTT %s, in their order and none lost',
    async (qos, version) => {
      const watcher = await watch(`${name}/#`);
      const numbers = Array.from({ length: 1000 }, (_, n) => n);
      await publish({ qos }, { ...to({ version }), items: items(...numbers.map((n) => ({ n }))) });
      await expect.poll(() => watcher.packets.length, { timeout: 20_000 }).toBe(1000);
      expect(watcher.packets.map(({ payload }) => (JSON.parse(String(payload)) as { n: number }).n)).toEqual(
        numbers,
      );
      await watcher.close();
    },
  );

  it('fails for an item whose topic no server takes, and goes on with the others', async () => {
    const watcher = await watch(`${name}/#`);
    const { ports } = await runNode(mqtt, {
      connections,
      credentials,
      items: items({ to: 'a' }, { to: '#' }, { to: 'b' }),
      onError: 'continue',
      parameters: (index) => ({ topic: `${name}/${['a', '#', 'b'][index]}` }),
    });
    expect(ports[0]?.map(({ json }) => json.error !== undefined)).toEqual([false, true, false]);
    await expect.poll(() => watcher.packets.length).toBe(2);
    await watcher.close();
  });

  it('tells what MQTT 5 refuses', async () => {
    const ann = to({ port: secured.port, user: 'ann', password: 'open sesame', version: '5' });
    await publish({ topic: 'open/x' }, ann);
    await expect(publish({ topic: 'secret/x' }, ann)).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('Not authorized') as string },
    });
  });

  it('takes the topics that its wildcards name', async () => {
    const listener = await listen({
      parameters: { topics: [{ topic: `${name}/+/温度` }, { topic: `${name}/all/#` }] },
    });
    for (const topic of ['厨房/温度', '厨房/湿度', 'all/a/b', 'x/y/温度'])
      await publish({ topic: `${name}/${topic}` });
    await listener.until(2);
    await listener.close();
    expect(listener.emitted.map(({ items: [item] }) => item?.json.topic)).toEqual([
      `${name}/厨房/温度`,
      `${name}/all/a/b`,
    ]);
  });

  it.each([
    ['1', '3.1.1'],
    ['2', '3.1.1'],
    ['1', '5'],
    ['2', '5'],
  ])('acknowledges QoS %s of MQTT %s once the execution is stored, and not before', async (qos, version) => {
    const over = to({ version });
    const stored = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const first = await listen({
      ...over,
      onEmit: ([item]) => {
        if ((item?.json.content as { n: number }).n !== 2) return;
        started.resolve();
        return stored.promise;
      },
    });
    await publish({ qos }, { items: items({ n: 1 }, { n: 2 }, { n: 3 }) });
    await Promise.all([started.promise, first.until(2)]);
    await first.close();
    expect(contents(first)).toEqual([{ n: 1 }, { n: 3 }]);
    // Published while nobody is connected.
    await publish({ qos }, { items: items({ n: 4 }) });
    const second = await listen(over);
    await second.until(2);
    await second.close();
    expect(contents(second)).toEqual([{ n: 2 }, { n: 4 }]);
    expect(second.emitted[0]?.items[0]?.json.duplicate).toBe(true);
    const third = await listen(over);
    await publish({ qos }, { items: items({ n: 5 }) });
    await third.until(1);
    await third.close();
    expect(contents(third)).toEqual([{ n: 5 }]);
    stored.resolve();
  });

  it('asks again for what cannot start the workflow, or discards it', async () => {
    const refuse = () => {
      throw new Error('no');
    };
    const first = await listen({ onEmit: refuse });
    await publish({});
    await first.lost;
    await first.close();
    const discarding = await listen({ parameters: { onRefused: 'discard' }, onEmit: refuse });
    await discarding.close();
    const second = await listen({
      parameters: { onRefused: 'discard' },
      onEmit: ([item]) => {
        if ((item?.json.content as { n: number }).n === 1) throw new Error('no');
      },
    });
    await publish({}, { items: items({ n: 6 }) });
    await second.until(1);
    await second.close();
    const third = await listen();
    await publish({}, { items: items({ n: 7 }) });
    await third.until(1);
    await third.close();
    expect(contents(third)).toEqual([{ n: 7 }]);
  });

  it('forgets a topic that was taken off the list', async () => {
    const kept = new Map<string, unknown>();
    const topics = (...last: string[]) => ({ topics: last.map((part) => ({ topic: `${name}/${part}` })) });
    await (await listen({ kept, parameters: topics('a', 'b') })).close();
    await publish({ topic: `${name}/a` });
    const second = await listen({ kept, parameters: topics('b') });
    // What waited for the old list still comes.
    await second.until(1);
    await publish({ topic: `${name}/a` });
    await publish({ topic: `${name}/b` });
    await second.until(2);
    await second.close();
    expect(second.emitted.map(({ items: [item] }) => item?.json.topic)).toEqual([`${name}/a`, `${name}/b`]);
    expect(kept.get('topics')).toEqual([`${name}/b`]);
  });

  it('leaves the session alone when the editor waits for one message', async () => {
    const active = await listen();
    const test = await listen({ isTest: true });
    await publish({});
    await Promise.all([active.until(1), test.until(1)]);
    await test.close();
    await active.close();
  });

  it('stays connected while a message waits longer than the connection may be silent', async () => {
    const stored = Promise.withResolvers<void>();
    const sign = { port: secured.port, user: 'ann', password: 'open sesame', keepAlive: '1' };
    const listener = await listen({
      ...to(sign),
      parameters: { topics: [{ topic: 'open/#' }] },
      onEmit: () => stored.promise,
    });
    const pings = () => secured.server.log().split(`PINGREQ from ${name}`).length - 1;
    await publish({ topic: 'open/slow' }, to(sign));
    // Six of them, half a second apart, are twice as long as the server waits.
    await expect.poll(pings, { timeout: 15_000 }).toBeGreaterThanOrEqual(6);
    stored.resolve();
    await listener.until(1);
    await publish({ topic: 'open/slow' }, to(sign));
    await listener.until(2);
    await listener.close();
  });

  it('lets go at once when it is stopped', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(publish({}, { signal: stop.signal })).rejects.toThrow('stopped');
  });

  it('says that the server is gone, to who listens and to who publishes', async () => {
    const own = await freePort();
    const lines = () => [`listener ${own} 127.0.0.1`, 'allow_anonymous true'];
    const server = await startMosquitto(program!, lines, [own]);
    onTestFinished(() => server.stop('SIGKILL'));
    const over = to({ port: String(own) });
    const listener = await listen(over);
    await publish({}, over);
    await listener.until(1);
    await server.stop('SIGKILL');
    expect(await listener.lost).toMatchObject({ code: 'CONNECTION_LOST' });
    await listener.close();
    const codeOf = () =>
      publish({}, over).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
    // The first to publish may be the one who finds out.
    expect(['CONNECTION_LOST', 'CONNECTION_REFUSED']).toContain(await codeOf());
    await expect.poll(codeOf).toBe('CONNECTION_REFUSED');
    const again = await startMosquitto(program!, lines, [own]);
    onTestFinished(() => again.stop('SIGKILL'));
    await publish({}, over);
  });

  it('runs a workflow once per message in the whole engine', async () => {
    const engine = await startTestApp();
    const { client } = engine.app;
    const { id: credentialId } = await client.credentials.create({ name: 'Broker', type: 'mqtt', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Take',
        nodes: [
          {
            id: 't',
            name: 'Take',
            type: 'mqtt-trigger',
            parameters: { topics: [{ topic: `${name}/#` }], clientId: name },
            credentials: { server: credentialId },
          },
          { id: 'n', name: 'Next', type: 'no-op' },
        ],
        connections: [{ from: { node: 't' }, to: { node: 'n' } }],
      }),
    });
    await client.workflows.activate({ id });
    await publish({ qos: '2' }, { items: items(...Array.from({ length: 200 }, (_, n) => ({ n }))) });
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total, {
        timeout: 20_000,
      })
      .toBe(200);
    await engine.stop();
  });
});
