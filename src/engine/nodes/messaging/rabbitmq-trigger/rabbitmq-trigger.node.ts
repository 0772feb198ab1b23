import type { ConsumeMessage } from 'amqplib';
import { connectRabbitmq, rabbitmqFailure } from '../../../connectors/rabbitmq/index.ts';
import { defineTrigger, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { messageItem } from './message-item.ts';

export const rabbitmqTrigger = defineTrigger({
  type: 'rabbitmq-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['amqp', 'queue', 'consume', 'message', '消息队列', '消费', '队列'],
  credentials: [{ name: 'server', types: ['rabbitmq'], required: true }],
  parameters: {
    queue: param.string({ required: true }),
    content: param.select({ options: ['auto', 'text', 'binary'], default: 'auto' }),
    prefetch: param.number({ default: 50, min: 1, max: 65_535, integer: true }),
    declare: param.boolean(),
    bindings: param.list({
      fields: { exchange: param.string({ required: true }), routingKey: param.string() },
    }),
    onRefused: param.select({ options: ['requeue', 'discard'], default: 'requeue' }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger, signal, binary, isTest } = context;
      const { queue, prefetch, declare, bindings, content, onRefused } = parameters;
      const settings = (await context.credential('server'))?.data ?? {};
      const model = await connectRabbitmq(settings);
      const lose = (error: unknown) => {
        if (!signal.aborted) lost(rabbitmqFailure(error, settings));
      };
      model.on('error', lose).on('close', () => lose(new Error('Connection closed')));
      const underWay = new Set<Promise<void>>();
      try {
        const channel = await model.createChannel();
        channel.on('error', lose).on('close', () => lose(new Error('Channel closed')));
        // A test takes one message and leaves the others in the queue.
        await channel.prefetch(isTest ? 1 : prefetch);
        await (declare ? channel.assertQueue(queue, { durable: true }) : channel.checkQueue(queue));
        for (const { exchange, routingKey } of bindings) await channel.bindQueue(queue, exchange, routingKey);
        const take = async (message: ConsumeMessage) => {
          const { messageId } = message.properties as { messageId?: string };
          const once = messageId ? { once: `${queue}/${messageId}` } : {};
          try {
            await emit([await messageItem(message, content, binary)], once);
          } catch (error) {
            // What was under way at the end is left to be delivered again.
            if (signal.aborted) return;
            logger.error({ err: error, queue }, 'A message of RabbitMQ could not start its workflow');
            channel.nack(message, false, onRefused === 'requeue');
            return;
          }
          channel.ack(message);
        };
        const { consumerTag } = await channel.consume(queue, (message) => {
          if (!message) return lose(new Error('the queue was deleted'));
          // Where the channel went meanwhile, the server delivers the message again.
          const taken = take(message).catch(lose);
          underWay.add(taken);
          void taken.finally(() => underWay.delete(taken));
        });
        return {
          async close() {
            await channel.cancel(consumerTag).catch(() => undefined);
            // What is stored by now is acknowledged, so that it does not come again.
            await Promise.all(underWay);
            await model.close().catch(() => undefined);
          },
        };
      } catch (error) {
        await model.close().catch(() => undefined);
        throw rabbitmqFailure(error, settings);
      }
    },
  },
});
