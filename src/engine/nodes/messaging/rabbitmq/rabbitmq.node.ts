import { contentOf } from '../../../connectors/messages/index.ts';
import { rabbitmqFailure, useRabbitmq } from '../../../connectors/rabbitmq/index.ts';
import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';

import { publish } from './publish.ts';

const TO_EXCHANGE = { target: ['exchange'] };

export const rabbitmq = defineNode({
  type: 'rabbitmq',
  version: 1,
  group: 'messaging',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['amqp', 'queue', 'publish', 'message', '消息队列', '发布', '队列'],
  credentials: [{ name: 'server', types: ['rabbitmq'], required: true }],
  parameters: {
    target: param.select({ options: ['queue', 'exchange'], default: 'queue' }),
    queue: param.string({ required: true, visibleWhen: { target: ['queue'] } }),
    exchange: param.string({ required: true, visibleWhen: TO_EXCHANGE }),
    routingKey: param.string({ visibleWhen: TO_EXCHANGE }),
    content: param.select({ options: ['item', 'text', 'binary'], default: 'item' }),
    text: param.string({ required: true, multiline: true, visibleWhen: { content: ['text'] } }),
    binaryField: param.string({ default: 'data', required: true, visibleWhen: { content: ['binary'] } }),
    headers: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
    options: param.collection({
      fields: {
        declare: param.boolean({ default: true }),
        persistent: param.boolean({ default: true }),
        mustArrive: param.boolean({ default: true }),
        messageId: param.string(),
        correlationId: param.string(),
        replyTo: param.string(),
        type: param.string(),
        priority: param.number({ default: 0, min: 0, max: 255, integer: true }),
        expirationMs: param.number({ default: 60_000, min: 0, integer: true }),
      },
    }),
  },
  // The message id tells repeats apart, but only receivers that look at it: the server takes the same one twice.
  effect: 'unsafe',
  async execute(context) {
    const { connections, signal } = context;
    const credential = await context.credential('server');
    return useRabbitmq(
      connections,
      credential?.data ?? {},
      (channel) =>
        context.perItem(
          async (item, index) => {
            const settings = context.parameters(index);
            const content = await contentOf(item, index, settings, context.binary);
            const message = { ...content, messageId: context.idempotencyKey(index) };
            await publish(channel, settings, message, signal).catch((error: unknown) => {
              signal.throwIfAborted();
              throw rabbitmqFailure(error, credential?.data ?? {});
            });
            return derive(item.json, index, 0, item.binary);
          },
          { concurrency: 50 },
        ),
      signal,
    );
  },
});
