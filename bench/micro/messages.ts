import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { createClient } from 'redis';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { createApp, type App } from '../../src/engine/app.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';

/**
 * How fast triggers take messages that wait for them through a workflow of two nodes, every execution saved:
 * `node --no-node-snapshot --max-semi-space-size=8 bench/micro/messages.ts`, with the Redis and the RabbitMQ on their
 * standard ports. The limit is 1,000 a second.
 */
const MESSAGES = 10_000;
const LIMIT = 1000;
const NAME = `guixu-bench-${process.pid}`;

await measure('Redis stream', await prepareRedis());
await measure('RabbitMQ', await prepareRabbitmq());

interface Prepared {
  type: string;
  data: Record<string, string>;
  trigger: string;
  parameters: Record<string, unknown>;
  clean(): Promise<void>;
}

async function measure(name: string, { type, data, trigger, parameters, clean }: Prepared): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'guixuflow-messages-'));
  const config = readConfig({ GUIXU_LOG_LEVEL: 'error' }, { dataDir: folder, port: 0 });
  const app = await createApp(config, { host: 'headless', listen: false });
  await app.start();
  try {
    const { client } = app;
    const { id: server } = await client.credentials.create({ name, type, data });
    const document = WorkflowDocument.parse({
      name,
      nodes: [
        { id: 'take', name: 'Take', type: trigger, parameters, credentials: { server } },
        { id: 'next', name: 'Next', type: 'no-op' },
      ],
      connections: [{ from: { node: 'take' }, to: { node: 'next' } }],
    });
    const { id } = await client.workflows.create({ document });
    const startedAt = performance.now();
    await client.workflows.activate({ id });
    while ((await succeeded(app, id)) < MESSAGES) await new Promise((resolve) => setTimeout(resolve, 20));
    const perSecond = MESSAGES / ((performance.now() - startedAt) / 1000);
    const isWithin = perSecond >= LIMIT;
    console.log(
      `${name}: ${perSecond.toFixed(0)} messages/s, limit >= ${LIMIT}  ${isWithin ? 'ok' : 'OVER'}`,
    );
    if (!isWithin) process.exitCode = 1;
  } finally {
    await app.stop();
    await clean();
    await rm(folder, { recursive: true, force: true });
  }
}

async function succeeded({ client }: App, workflowId: string): Promise<number> {
  return (await client.executions.list({ workflowId, status: ['success'], limit: 1 })).total;
}

async function prepareRedis(): Promise<Prepared> {
  const redis = createClient({ url: 'redis://127.0.0.1:6379' });
  await redis.connect();
  await Promise.all(Array.from({ length: MESSAGES }, (_, n) => redis.xAdd(NAME, '*', { n: String(n) })));
  return {
    type: 'redis',
    data: { host: '127.0.0.1', port: '6379', tls: 'off' },
    trigger: 'redis-stream-trigger',
    parameters: { stream: NAME, start: 'beginning', inFlight: 200 },
    async clean() {
      await redis.del(NAME);
      await redis.close();
    },
  };
}

async function prepareRabbitmq(): Promise<Prepared> {
  const connection = await connect('amqp://guest:guest@127.0.0.1:5672');
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(NAME, { durable: true });
  for (let n = 0; n < MESSAGES; n++)
    channel.sendToQueue(NAME, Buffer.from(`{"n":${n}}`), { persistent: true, messageId: String(n) });
  await channel.waitForConfirms();
  return {
    type: 'rabbitmq',
    data: { host: '127.0.0.1', port: '5672', user: 'guest', password: 'guest', tls: 'off' },
    trigger: 'rabbitmq-trigger',
    parameters: { queue: NAME, prefetch: 200 },
    async clean() {
      await channel.deleteQueue(NAME);
      await connection.close();
    },
  };
}
