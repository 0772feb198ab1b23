import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/services/free-port.ts';
import { startNats } from '../../scripts/services/nats.ts';
import { natsCredential } from '../../src/engine/connectors/nats/nats-credential.ts';
import { items, memoryBinaryStore } from '../../src/engine/node-kit/test-harness.ts';
import { tryCredential } from './connection-bench.ts';
import { natsBench } from './nats-bench.ts';

const url = process.env['GUIXU_TEST_NATS_URL'];
const program = process.env['GUIXU_TEST_NATS_SERVER'];

describe.skipIf(!url || !program)('NATS connector', () => {
  const bench = natsBench({ url: url!, program: program!, suite: 'core' });
  const { data, run, listen, consume, to, contents, answerOn, ann } = bench;

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(natsCredential, { ...data, ...change }, bench.connections);
    await test();
    await test({ ...ann, port: bench.secured.port });
    await test({ port: bench.secured.tokenPort, signIn: 'token', token: 'let me in' });
    const wrong: Array<Record<string, string>> = [
      { ...ann, port: bench.secured.port, password: 'planted-secret' },
      { port: bench.secured.tokenPort, signIn: 'token', token: 'planted-secret' },
    ];
    for (const change of wrong) {
      const failure = await test(change).catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
      expect((failure as Error).message).not.toContain('planted');
    }
    await expect(test({ port: bench.secured.port })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ signIn: 'creds', creds: 'no creds' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
  });

  it('speaks TLS, and checks the certificate of the server', async () => {
    const { tlsPort, authorities } = bench.secured;
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
      { content: { n: 1 }, subject: `${bench.name}.a`, headers: { kind: '新' } },
      { content: { 城市: '上海' }, subject: `${bench.name}.a`, headers: { kind: '新' } },
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
    const answers = await answerOn(`${bench.name}.ask`, (message) =>
      message.respond(message.string() === 'raw' ? Buffer.from([0xff, 0]) : `{"got":${message.string()}}`, {
        headers: reply,
      }),
    );
    const { ports } = await run({ operation: 'request', subject: `${bench.name}.ask` });
    expect(ports[0]?.[0]?.json).toMatchObject({
      n: 1,
      value: { content: { got: { n: 1 } }, headers: { by: 'admin' } },
    });
    const raw = await run({
      operation: 'request',
      subject: `${bench.name}.ask`,
      content: 'text',
      text: 'raw',
    });
    expect(raw.ports[0]?.[0]).toMatchObject({ binary: { data: { size: 2 } } });
    answers.unsubscribe();
    const silent = await answerOn(`${bench.name}.silent`, () => undefined);
    await expect(
      run({ operation: 'request', subject: `${bench.name}.silent`, timeoutMs: 200 }),
    ).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' });
    silent.unsubscribe();
    await expect(run({ operation: 'request', subject: `${bench.name}.nobody` })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: 'nobody answers on this subject' },
    });
  });

  it('lets go at once when it is stopped while it waits for an answer', async () => {
    const stop = new AbortController();
    const asked = Promise.withResolvers<void>();
    const silent = await answerOn(`${bench.name}.silent`, () => asked.resolve());
    const running = run(
      { operation: 'request', subject: `${bench.name}.silent`, timeoutMs: 600_000 },
      { signal: stop.signal },
    );
    await asked.promise;
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    silent.unsubscribe();
  });

  it('can be asked: the item holds where the answer is to go', async () => {
    const listener = await listen();
    const answer = bench.admin.request(`${bench.name}.ask`, 'hello', { timeout: 10_000 });
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
    const over = to({ ...ann, port: bench.secured.port });
    await expect(run({ subject: 'secret.a' }, over)).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await run({ subject: 'open.a' }, over);
    await expect(listen({ ...over, parameters: { subject: 'secret.>' } })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
  });

  it('says that the server is gone, to who listens and to who publishes', async () => {
    const own = await freePort();
    const server = await startNats(program!, own);
    onTestFinished(() => server.stop('SIGKILL'));
    const over = to({ port: String(own) });
    const ownAdmin = await connect({ servers: `127.0.0.1:${own}`, tls: null, reconnect: false });
    await (await jetstreamManager(ownAdmin)).streams.add({ name: bench.name, subjects: ['orders'] });
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
});
