import { connect, type Channel, type ChannelModel } from 'amqplib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { rabbitmqCredential } from '../../src/engine/connectors/rabbitmq/rabbitmq-credential.ts';
import { openListener, type OpenListenerOptions } from '../../src/engine/node-kit/listen-harness.ts';
import { items, runNode, type RunNodeOptions } from '../../src/engine/node-kit/test-harness.ts';
import { rabbitmq } from '../../src/engine/nodes/messaging/rabbitmq/rabbitmq.node.ts';
import { rabbitmqTrigger } from '../../src/engine/nodes/messaging/rabbitmq-trigger/rabbitmq-trigger.node.ts';
import { startTestApp } from '../contract/test-app.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const url = process.env['GUIXU_TEST_RABBITMQ_URL'];

describe.skipIf(!url)('RabbitMQ connector', () => {
  const queue = `guixu-test-${process.pid}`;
  const address = new URL(url ?? 'amqp://guest:guest@127.0.0.1');
  const data: Record<string, string> = {
    host: address.hostname,
    port: address.port || '5672',
    user: address.username,
    password: address.password,
    tls: 'off',
  };
  let admin: ChannelModel;
  let channel: Channel;
  let connections: OpenConnections;

  beforeAll(async () => {
    admin = await connect(url!);
    channel = await admin.createChannel();
  });
  afterAll(() => admin.close());
  beforeEach(async () => {
    await channel.assertQueue(queue, { durable: true });
    connections = openConnections();
  });
  afterEach(async () => {
    await connections.close();
    await channel.deleteQueue(queue);
  });

  const credentials = { server: { type: 'rabbitmq', data } };
  const publish = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(rabbitmq, {
      connections,
      credentials,
      items: items({ n: 1 }),
      ...options,
      parameters: { queue, ...parameters },
    });
  const listen = (options: OpenListenerOptions = {}) =>
    openListener(rabbitmqTrigger, { credentials, ...options, parameters: { queue, ...options.parameters } });
  const depth = async () => (await channel.checkQueue(queue)).messageCount;

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(rabbitmqCredential, { ...data, ...change }, connections);
    await test();
    const failure = await test({ password: 'planted-wrong-secret' }).catch(
      (error: unknown) => error as Error,
    );
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect((failure as Error).message).not.toContain('planted');
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    await expect(test({ vhost: 'nowhere' })).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    // A server that speaks no TLS answers a handshake with its own words.
    await expect(test({ tls: 'verify' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });

  it('publishes every item and knows that the server has it', async () => {
    await publish({ headers: [{ name: 'kind', value: 'new' }] }, { items: items({ n: 1 }, { n: '归墟' }) });
    expect(await depth()).toBe(2);
    const message = await channel.get(queue, { noAck: true });
    if (!message) throw new Error('no message');
    expect(JSON.parse(message.content.toString())).toEqual({ n: 1 });
    expect(message.properties).toMatchObject({
      messageId: 'test-key-0',
      contentType: 'application/json',
      deliveryMode: 2,
      headers: { kind: 'new' },
    });
  });

  it('fails where no queue takes the message, and declares one where that is wanted', async () => {
    await channel.deleteQueue(queue);
    await expect(publish({})).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining(queue) as string },
    });
    await expect(publish({ target: 'exchange', exchange: 'no-such-exchange' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    await publish({ options: { declare: true } });
    expect(await depth()).toBe(1);
  });

  it('publishes thousands of messages, many under way at a time', async () => {
    await publish({}, { items: items(...Array.from({ length: 3000 }, (_, n) => ({ n }))) });
    expect(await depth()).toBe(3000);
  });

  it('acknowledges a message once its execution is stored, and not before', async () => {
    await publish({}, { items: items({ n: 1 }, { n: 2 }) });
    const stored = Promise.withResolvers<void>();
    const listener = await listen({
      onEmit: (given) => ((given[0]?.json.content as { n: number }).n === 2 ? stored.promise : undefined),
    });
    await listener.until(1);
    await listener.close();
    // The second was under way: it comes again.
    await expect.poll(depth).toBe(1);
    const again = await listen();
    await again.until(1);
    expect(again.emitted[0]).toMatchObject({
      items: [{ json: { content: { n: 2 }, redelivered: true } }],
      once: `${queue}/test-key-1`,
    });
    await again.close();
    await expect.poll(depth).toBe(0);
    stored.resolve();
  });

  it('puts back, or discards, what cannot start the workflow', async () => {
    await publish({});
    let attempts = 0;
    const refusing = await listen({
      onEmit: () => {
        attempts += 1;
        throw new Error('no');
      },
    });
    await expect.poll(() => attempts).toBeGreaterThan(1);
    await refusing.close();
    await expect.poll(depth).toBe(1);
    const discarding = await listen({
      parameters: { onRefused: 'discard' },
      onEmit: () => {
        throw new Error('no');
      },
    });
    await expect.poll(depth).toBe(0);
    await discarding.close();
    expect(await depth()).toBe(0);
  });

  it('says that it lost the connection, and that there is no such queue', async () => {
    const listener = await listen();
    await channel.deleteQueue(queue);
    expect(await listener.lost).toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: 'the queue was deleted' },
    });
    await listener.close();
    await expect(listen()).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no queue') as string },
    });
  });

  it('runs a workflow once per message in the whole engine', async () => {
    const engine = await startTestApp();
    const { client } = engine.app;
    const { id: credentialId } = await client.credentials.create({ name: 'Queue', type: 'rabbitmq', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Consume',
        nodes: [
          {
            id: 't',
            name: 'Take',
            type: 'rabbitmq-trigger',
            parameters: { queue },
            credentials: { server: credentialId },
          },
          { id: 'n', name: 'Next', type: 'no-op' },
        ],
        connections: [{ from: { node: 't' }, to: { node: 'n' } }],
      }),
    });
    await client.workflows.activate({ id });
    await publish({}, { items: items(...Array.from({ length: 200 }, (_, n) => ({ n }))) });
    // Sent twice by whoever published it: the same message.
    await publish({ options: { messageId: 'test-key-7' } });
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total)
      .toBe(200);
    await expect.poll(depth).toBe(0);
    await engine.stop();
  });
});
