import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/services/free-port.ts';
import { startNats } from '../../scripts/services/nats.ts';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { createConnections, type OpenConnections } from '../../src/engine/connections/index.ts';
import { natsCredential } from '../../src/engine/connectors/nats/nats-credential.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
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
import { nats } from '../../src/engine/nodes/messaging/nats/nats.node.ts';
import { natsTrigger } from '../../src/engine/nodes/messaging/nats-trigger/nats-trigger.node.ts';
import { startTestApp } from '../contract/test-app.ts';
import { startSecuredNats } from './secured-nats.ts';

const url = process.env['GUIXU_TEST_NATS_URL'];
const program = process.env['GUIXU_TEST_NATS_SERVER'];

describe.skipIf(!url || !program)('NATS connector', () => {
  const { hostname, port, host } = new URL(url ?? 'nats://127.0.0.1:4222');
  const data: Record<string, string> = { host: hostname, port: port || '4222', signIn: 'none', tls: 'off' };
  const credentials = { server: { type: 'nats', data } };
  const ann = { signIn: 'password', user: 'ann', password: 'open sesame' };
  /** One per test, so that subjects and streams of one are nothing to the next. */
  let name = '';
  let count = 0;
  let admin: NatsConnection;
  let manager: JetStreamManager;
  let secured: Awaited<ReturnType<typeof startSecuredNats>>;
  let connections: OpenConnections;

  beforeAll(async () => {
    admin = await connect({ servers: host, tls: null });
    manager = await jetstreamManager(admin);
    secured = await startSecuredNats(program!);
  });
  afterAll(async () => {
    await admin.close();
    await secured.stop();
  });
  beforeEach(async () => {
    name = `guixu-test-${process.pid}-${(count += 1)}`;
    await manager.streams.add({ name, subjects: [`${name}.s.>`], storage: 'memory' });
    connections = createConnections({
      clock: systemClock,
      idleMs: 60_000,
      onCloseFailure: (error) => {
        throw error;
      },
    });
  });
  afterEach(async () => {
    await connections.close();
    await manager.streams.delete(name).catch(() => undefined);
  });

  const run = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(nats, {
      connections,
      credentials,
      items: items({ n: 1 }),
      ...options,
      parameters: { subject: `${name}.a`, ...parameters },
    });
  const store = (parameters: Record<string, unknown> = {}, options: RunNodeOptions = {}) =>
    run({ operation: 'stream-publish', subject: `${name}.s.a`, ...parameters }, options);
  const listen = (options: OpenListenerOptions = {}) =>
    openListener(natsTrigger, {
      credentials,
      ...options,
      parameters: { subject: `${name}.>`, ...options.parameters },
    });
  const consume = (options: OpenListenerOptions = {}) =>
    listen({
      ...options,
      parameters: {
        source: 'stream',
        stream: name,
        consumer: 'own',
        start: 'beginning',
        ...options.parameters,
      },
    });
  const to = (change: Record<string, string>) => ({
    credentials: { server: { type: 'nats', data: { ...data, ...change } } },
  });
  const contents = ({ emitted }: OpenListener) => emitted.map(({ items: [item] }) => item?.json.content);
  const notAcknowledged = async (consumer = 'own') => {
    const { num_ack_pending: pending, num_pending: waiting } = await manager.consumers.info(name, consumer);
    return pending + waiting;
  };
  const answerOn = async (subject: string, answer: (message: Msg) => void) => {
    const answers = admin.subscribe(subject, { callback: (_error, message) => answer(message) });
    await admin.flush();
    return answers;
  };

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      natsCredential.test!({
        data: { ...data, ...change },
        connections,
        http: { request: () => Promise.reject(new Error('not used')) },
        signal: new AbortController().signal,
      });
    await test();
    await test({ ...ann, port: secured.port });
    await test({ port: secured.tokenPort, signIn: 'token', token: 'let me in' });
    const wrong: Array<Record<string, string>> = [
      { ...ann, port: secured.port, password: 'planted-secret' },
      { port: secured.tokenPort, signIn: 'token', token: 'planted-secret' },
    ];
    for (const change of wrong) {
      const failure = await test(change).catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
      expect((failure as Error).message).not.toContain('planted');
    }
    await expect(test({ port: secured.port })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ signIn: 'creds', creds: 'no creds' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
  });

  it('speaks TLS, and checks the certificate of the server', async () => {
    const { tlsPort, authorities } = secured;
    const send = (change: Record<string, string>) =>
      run({ subject: 'open.a' }, to({ ...ann, port: tlsPort, ...change }));
    await send({ tls: 'verify', authorities });
    await send({ tls: 'no-check' });
    await expect(send({ tls: 'verify' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(send({ tls: 'off' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(run({}, to({ tls: 'verify' }))).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });

  it('publishes every item, and takes what is published to a subject', async () => {
    const listener = await listen();
    await run({ headers: [{ name: 'kind', value: '新' }] }, { items: items({ n: 1 }, { 城市: '上海' }) });
    await listener.until(2);
    await listener.close();
    expect(listener.emitted.map(({ items: [item] }) => item?.json)).toEqual([
      { content: { n: 1 }, subject: `${name}.a`, headers: { kind: '新' } },
      { content: { 城市: '上海' }, subject: `${name}.a`, headers: { kind: '新' } },
    ]);
  });

  it('publishes thousands of messages, many under way at a time, in their order', async () => {
    const listener = await listen();
    const numbers = Array.from({ length: 3000 }, (_, n) => n);
    await run({}, { items: items(...numbers.map((n) => ({ n }))) });
    await listener.until(3000);
    await listener.close();
    expect(contents(listener)).toEqual(numbers.map((n) => ({ n })));
  });

  it('carries files of any bytes, and tells what is too large for the server', async () => {
    const binary = memoryBinaryStore();
    const listener = await listen({ binary });
    const send = async (bytes: Buffer) => {
      const file = await binary.write(bytes, { mimeType: 'application/octet-stream' });
      await run({ content: 'binary' }, { items: [{ json: {}, binary: { data: file } }], binary });
    };
    const bytes = [Buffer.from([0xff, 0, 0xfe]), Buffer.alloc(1_000_000, 0x80)];
    for (const content of bytes) await send(content);
    await listener.until(2);
    for (const [
      index,
      {
        items: [item],
      },
    ] of listener.emitted.entries())
      expect((await binary.read(item!.binary!['data']!)).equals(bytes[index]!)).toBe(true);
    await expect(send(Buffer.alloc(3_000_000))).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('max_payload') as string },
    });
    await listener.close();
    await expect(run({ content: 'binary' })).rejects.toMatchObject({ code: 'BINARY_MISSING' });
  });

  it('asks and waits for the answer, whatever it is', async () => {
    const reply = headers();
    reply.set('by', 'admin');
    const answers = await answerOn(`${name}.ask`, (message) =>
      message.respond(message.string() === 'raw' ? Buffer.from([0xff, 0]) : `{"got":${message.string()}}`, {
        headers: reply,
      }),
    );
    const { ports } = await run({ operation: 'request', subject: `${name}.ask` });
    expect(ports[0]?.[0]?.json).toMatchObject({
      n: 1,
      value: { content: { got: { n: 1 } }, headers: { by: 'admin' } },
    });
    const raw = await run({ operation: 'request', subject: `${name}.ask`, content: 'text', text: 'raw' });
    expect(raw.ports[0]?.[0]).toMatchObject({ binary: { data: { size: 2 } } });
    answers.unsubscribe();
    const silent = await answerOn(`${name}.silent`, () => undefined);
    await expect(
      run({ operation: 'request', subject: `${name}.silent`, timeoutMs: 200 }),
    ).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' });
    silent.unsubscribe();
    await expect(run({ operation: 'request', subject: `${name}.nobody` })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: 'nobody answers on this subject' },
    });
  });

  it('lets go at once when it is stopped while it waits for an answer', async () => {
    const stop = new AbortController();
    const asked = Promise.withResolvers<void>();
    const silent = await answerOn(`${name}.silent`, () => asked.resolve());
    const running = run(
      { operation: 'request', subject: `${name}.silent`, timeoutMs: 600_000 },
      { signal: stop.signal },
    );
    await asked.promise;
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    silent.unsubscribe();
  });

  it('can be asked: the item holds where the answer is to go', async () => {
    const listener = await listen();
    const answer = admin.request(`${name}.ask`, 'hello', { timeout: 10_000 });
    await listener.until(1);
    await run({ subject: listener.emitted[0]?.items[0]?.json.reply, content: 'text', text: 'hi' });
    expect((await answer).string()).toBe('hi');
    await listener.close();
  });

  it('shares the messages of a subject among the members of a queue group', async () => {
    const members = [
      await listen({ parameters: { queueGroup: 'g' } }),
      await listen({ parameters: { queueGroup: 'g' } }),
    ];
    await run({}, { items: items(...Array.from({ length: 100 }, (_, n) => ({ n }))) });
    const counts = () => members.map(({ emitted }) => emitted.length);
    await expect.poll(() => counts()[0]! + counts()[1]!).toBe(100);
    expect(Math.min(...counts())).toBeGreaterThan(0);
    for (const member of members) await member.close();
  });

  it('goes on with a subject after a message that cannot start the workflow', async () => {
    const listener = await listen({
      onEmit: ([item]) => {
        if ((item?.json.content as { n: number }).n === 1) throw new Error('no');
      },
    });
    await run({}, { items: items({ n: 1 }, { n: 2 }) });
    await listener.until(1);
    await listener.close();
    expect(contents(listener)).toEqual([{ n: 2 }]);
  });

  it('tells what the user may not publish and not subscribe to', async () => {
    const over = to({ ...ann, port: secured.port });
    await expect(run({ subject: 'secret.a' }, over)).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await run({ subject: 'open.a' }, over);
    await expect(listen({ ...over, parameters: { subject: 'secret.>' } })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
  });

  it('stores messages in a stream, each id once', async () => {
    const { ports } = await store({ expectStream: name }, { items: items({ n: 1 }, { n: 2 }) });
    expect(ports[0]?.map(({ json }) => json.value)).toEqual([
      { stream: name, sequence: 1, duplicate: false },
      { stream: name, sequence: 2, duplicate: false },
    ]);
    // The same execution, taken up again.
    const again = await store({}, { items: items({ n: 1 }, { n: 2 }) });
    expect(again.ports[0]?.map(({ json }) => json.value)).toEqual([
      { stream: name, sequence: 1, duplicate: true },
      { stream: name, sequence: 2, duplicate: true },
    ]);
    const other = await store({ messageId: 'other' });
    expect(other.ports[0]?.[0]?.json.value).toMatchObject({ sequence: 3 });
    await expect(store({ expectStream: 'another' })).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await expect(store({ subject: `${name}.none` })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no stream') as string },
    });
  });

  it('takes a stream from its beginning and what comes, and acknowledges what is stored', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }) });
    const listener = await consume();
    await listener.until(2);
    await store({ messageId: 'third', headers: [{ name: 'kind', value: 'new' }] });
    await listener.until(3);
    await listener.close();
    expect(listener.emitted[2]?.items[0]?.json).toEqual({
      content: { n: 1 },
      subject: `${name}.s.a`,
      headers: { 'Nats-Msg-Id': 'third', kind: 'new' },
      stream: name,
      sequence: 3,
      publishedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      redelivered: false,
    });
    expect(listener.emitted[2]?.once).toMatch(`${name}/3/`);
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers again what was under way when it ended, and what came meanwhile', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }) });
    const begun = Promise.withResolvers<void>();
    const first = await consume({
      onEmit: ([item]) => {
        if ((item?.json.content as { n: number }).n === 1) return;
        begun.resolve();
        return new Promise(() => undefined);
      },
    });
    await Promise.all([first.until(1), begun.promise]);
    await first.close();
    expect(contents(first)).toEqual([{ n: 1 }]);
    await store({ messageId: 'later' }, { items: items({ n: 3 }) });
    const second = await consume();
    await second.until(2);
    await second.close();
    expect(contents(second)).toEqual(expect.arrayContaining([{ n: 2 }, { n: 3 }]));
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('takes so many at a time', async () => {
    await store({}, { items: items(...Array.from({ length: 10 }, (_, n) => ({ n }))) });
    const stored = Promise.withResolvers<void>();
    let begun = 0;
    const listener = await consume({
      parameters: { inFlight: 3 },
      onEmit: () => {
        begun += 1;
        return stored.promise;
      },
    });
    await expect.poll(() => begun).toBe(3);
    expect((await manager.consumers.info(name, 'own')).num_ack_pending).toBe(3);
    stored.resolve();
    await listener.until(10);
    await listener.close();
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers nothing twice that takes longer than the server waits', async () => {
    await store();
    const stored = Promise.withResolvers<void>();
    let begun = 0;
    const listener = await consume({
      parameters: { ackWaitSeconds: 1 },
      onEmit: () => {
        begun += 1;
        return stored.promise;
      },
    });
    let beats = 0;
    const acknowledgements = admin.subscribe(`$JS.ACK.${name}.own.>`, {
      callback: (_error, message) => void (beats += message.string() === '+WPI' ? 1 : 0),
    });
    // Half a second apart: more than twice the time after which it would come again.
    await expect.poll(() => beats, { timeout: 15_000 }).toBeGreaterThanOrEqual(5);
    stored.resolve();
    await listener.until(1);
    await listener.close();
    acknowledgements.unsubscribe();
    expect(begun).toBe(1);
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers again, or discards, what cannot start the workflow', async () => {
    await store();
    let attempts = 0;
    const refusing = await consume({
      onEmit: () => {
        attempts += 1;
        if (attempts < 3) throw new Error('no');
      },
    });
    await expect.poll(() => refusing.emitted.length, { timeout: 15_000 }).toBe(1);
    await refusing.close();
    expect(attempts).toBe(3);
    expect(refusing.emitted[0]?.items[0]?.json.redelivered).toBe(true);
    await store({ messageId: 'next' });
    const discarding = await consume({
      parameters: { onRefused: 'discard' },
      onEmit: () => {
        throw new Error('no');
      },
    });
    await expect.poll(() => notAcknowledged()).toBe(0);
    await discarding.close();
    expect(discarding.emitted).toEqual([]);
  });

  it('takes only what comes from now on, and only the subjects of its filter', async () => {
    await store();
    const parameters = { start: 'new', filter: `${name}.s.b`, consumer: '' };
    const listener = await consume({ parameters });
    await store({ messageId: 'a' });
    await store({ messageId: 'b', subject: `${name}.s.b` });
    await listener.until(1);
    await listener.close();
    expect(listener.emitted[0]?.items[0]?.json).toMatchObject({ sequence: 3 });
  });

  it('changes the consumer there is with its settings', async () => {
    await (await consume({ parameters: { filter: `${name}.s.b`, inFlight: 5 } })).close();
    expect((await manager.consumers.info(name, 'own')).config).toMatchObject({
      ...{ durable_name: 'own', filter_subject: `${name}.s.b`, max_ack_pending: 5, max_deliver: -1 },
    });
    await (await consume({ parameters: { ackWaitSeconds: 7, mostDeliveries: 3 } })).close();
    const { config } = await manager.consumers.info(name, 'own');
    expect(config).toMatchObject({ ack_wait: 7_000_000_000, max_ack_pending: 50, max_deliver: 3 });
    expect(config.filter_subject).toBeUndefined();
  });

  it('takes one message in a test, and leaves the others', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }, { n: 3 }) });
    let isTaken = false;
    const test = await consume({
      isTest: true,
      // As the editor does: what comes after the one message never ends.
      onEmit: () => (isTaken ? new Promise(() => undefined) : void (isTaken = true)),
    });
    await test.until(1);
    await test.close();
    await expect.poll(() => notAcknowledged()).toBe(2);
    const active = await consume();
    await active.until(2);
    await active.close();
    expect(contents(active)).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('says that the stream is not there, and when its consumer is deleted', async () => {
    await expect(consume({ parameters: { stream: 'nowhere' } })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('stream not found') as string },
    });
    const listener = await consume();
    // It has asked for messages by then.
    await expect.poll(async () => (await manager.consumers.info(name, 'own')).num_waiting).toBe(1);
    await manager.consumers.delete(name, 'own');
    expect(await listener.lost).toMatchObject({ code: 'SERVICE_REFUSED' });
    await listener.close();
  });

  it('says that the server is gone, to who listens and to who publishes', async () => {
    const own = await freePort();
    const server = await startNats(program!, own);
    onTestFinished(() => server.stop('SIGKILL'));
    const over = to({ port: String(own) });
    const ownAdmin = await connect({ servers: `127.0.0.1:${own}`, tls: null, reconnect: false });
    await (await jetstreamManager(ownAdmin)).streams.add({ name, subjects: ['orders'] });
    await ownAdmin.close();
    const listeners = [await listen(over), await consume(over)];
    await run({}, over);
    await listeners[0]!.until(1);
    await server.stop('SIGKILL');
    for (const listener of listeners) {
      expect(await listener.lost).toMatchObject({ code: 'CONNECTION_LOST' });
      await listener.close();
    }
    const codeOf = () =>
      run({}, over).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
    // The first to publish may be the one who finds out.
    expect(['CONNECTION_LOST', 'CONNECTION_REFUSED']).toContain(await codeOf());
    await expect.poll(codeOf).toBe('CONNECTION_REFUSED');
    const again = await startNats(program!, own);
    onTestFinished(() => again.stop('SIGKILL'));
    await run({}, over);
  });

  it('runs a workflow once per message in the whole engine', async () => {
    const engine = await startTestApp();
    const { client } = engine.app;
    const { id: credentialId } = await client.credentials.create({ name: 'NATS', type: 'nats', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Take',
        nodes: [
          {
            id: 't',
            name: 'Take',
            type: 'nats-trigger',
            parameters: { source: 'stream', stream: name, start: 'beginning', consumer: 'own' },
            credentials: { server: credentialId },
          },
          { id: 'n', name: 'Next', type: 'no-op' },
        ],
        connections: [{ from: { node: 't' }, to: { node: 'n' } }],
      }),
    });
    await client.workflows.activate({ id });
    await store({}, { items: items(...Array.from({ length: 200 }, (_, n) => ({ n }))) });
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total, {
        timeout: 20_000,
      })
      .toBe(200);
    await expect.poll(() => notAcknowledged()).toBe(0);
    await engine.stop();
  });
});
