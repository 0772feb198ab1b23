import { connect } from 'amqplib';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { isRunnable } from '../../scripts/services/apt.ts';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp } from '../contract/test-app.ts';
import type { OwnBroker } from './own-brokers/own-broker.ts';
import { startRabbitmq } from './own-brokers/rabbitmq.ts';
import { startRedis } from './own-brokers/redis.ts';

const MESSAGES = 10_000;
const BATCH = 250;
const NAME = 'orders';
/** Enough for what a machine under load takes; a message that is lost is what would use it up. */
const PATIENT = { timeout: 180_000, interval: 250 };

/** Publishes the messages of a batch, again where the broker did not confirm them. */
type Publish = (data: OwnBroker['data'], numbers: readonly number[]) => Promise<void>;

const publishToRedis: Publish = async ({ host = '', port }, numbers) => {
  const client = createClient({ socket: { host, port: Number(port), reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const n of numbers)
      await client.xAdd(NAME, `${n + 1}-0`, { n: String(n) }).catch((error: Error) => {
        // It was added by the attempt that got no answer.
        if (!error.message.includes('equal or smaller')) throw error;
      });
  } finally {
    client.destroy();
  }
};

const publishToRabbitmq: Publish = async ({ host, port }, numbers) => {
  const connection = await connect(`amqp://guest:guest@${host}:${port}`, { timeout: 10_000 });
  connection.on('error', () => undefined);
  // What was asked of a server that is gone is never answered.
  const lost = new Promise<never>((_, reject) => {
    connection.on('close', () => reject(new Error('Connection closed')));
  });
  const publish = async () => {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    await channel.assertQueue(NAME, { durable: true });
    for (const n of numbers)
      channel.sendToQueue(NAME, Buffer.from(JSON.stringify({ n })), {
        persistent: true,
        contentType: 'application/json',
        messageId: `order-${n}`,
      });
    await channel.waitForConfirms();
  };
  await Promise.race([publish(), lost]);
  await Promise.race([connection.close(), lost]).catch(() => undefined);
};

const CASES = [
  {
    type: 'redis',
    program: '/usr/bin/redis-server',
    start: startRedis,
    publish: publishToRedis,
    trigger: 'redis-stream-trigger',
    parameters: { stream: NAME, start: 'beginning', inFlight: 200 },
    value: '={{ $json.n }}',
  },
  {
    type: 'rabbitmq',
    program: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    start: startRabbitmq,
    publish: publishToRabbitmq,
    trigger: 'rabbitmq-trigger',
    parameters: { queue: NAME, declare: true, prefetch: 200 },
    value: '={{ $json.content.n }}',
  },
];

describe('A broker that is killed twice', () => {
  it.for(CASES.map((testCase) => ({ ...testCase, isThere: isRunnable(testCase.program) })))(
    'loses and doubles none of 10,000 messages: $type',
    { timeout: 300_000 },
    async ({ isThere, type, start, publish, trigger, parameters, value }, { skip }) => {
      if (!isThere) skip(`${type} is not installed`);
      const broker = await start();
      const engine = await startTestApp();
      const { client } = engine.app;
      try {
        const { id: server } = await client.credentials.create({ name: type, type, data: broker.data });
        const document = WorkflowDocument.parse({
          name: type,
          nodes: [
            { id: 'take', name: 'Take', type: trigger, parameters, credentials: { server } },
            {
              id: 'mark',
              name: 'Mark',
              type: 'execution-data',
              parameters: { marks: [{ key: 'n', value }] },
            },
          ],
          connections: [{ from: { node: 'take' }, to: { node: 'mark' } }],
        });
        const { id: workflowId } = await client.workflows.create({ document });
        await client.workflows.activate({ id: workflowId });

        const done = async () =>
          (await client.executions.list({ workflowId, status: ['success'], limit: 1 })).total;
        const published = publishAll((numbers) => publish(broker.data, numbers));
        for (const share of [0.3, 0.6]) {
          await expect.poll(done, PATIENT).toBeGreaterThan(MESSAGES * share);
          await broker.restart();
        }
        await published;
        await expect.poll(done, PATIENT).toBeGreaterThanOrEqual(MESSAGES);

        const numbers: number[] = [];
        let cursor: string | undefined;
        do {
          const page = await client.executions.list({ workflowId, limit: 100, ...(cursor && { cursor }) });
          numbers.push(...page.items.map(({ marks }) => Number(marks?.['n'])));
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: MESSAGES }, (_, n) => n));
      } finally {
        await engine.stop();
        await broker.stop();
      }
    },
  );
});

async function publishAll(publish: (numbers: readonly number[]) => Promise<void>): Promise<void> {
  for (let first = 0; first < MESSAGES; first += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, index) => first + index);
    await expect
      .poll(
        () =>
          publish(numbers).then(
            () => true,
            () => false,
          ),
        PATIENT,
      )
      .toBe(true);
  }
}
