import { connectRedis, redisFailure } from '../../../connectors/redis/index.ts';
import { defineTrigger, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { ensureGroup, StreamReader } from './stream-reader.ts';

export const redisStreamTrigger = defineTrigger({
  type: 'redis-stream-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['redis', 'stream', 'consumer group', 'message', '消息', '消费者组', '流'],
  credentials: [{ name: 'server', types: ['redis'], required: true }],
  parameters: {
    stream: param.string({ required: true }),
    group: param.string({ default: 'guixuflow', required: true }),
    start: param.select({ options: ['new', 'beginning'], default: 'new' }),
    inFlight: param.number({ default: 50, min: 1, max: 10_000, integer: true }),
    claimAfterSeconds: param.number({ default: 60, min: 1, integer: true }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger, signal, isTest, node, workflowId, clock } = context;
      const settings = (await context.credential('server'))?.data ?? {};
      const client = await connectRedis(settings);
      try {
        await ensureGroup(client, parameters);
      } catch (error) {
        client.destroy();
        throw redisFailure(error, settings);
      }
      const reader = new StreamReader(client, {
        ...parameters,
        inFlight: isTest ? 1 : parameters.inFlight,
        // The same after a restart, so that what it had taken is its own again.
        consumer: `${workflowId}/${node.id}`,
        now: () => clock.now(),
        take: ({ id, fields }) =>
          emit([{ json: { id, stream: parameters.stream, ...fields } }], {
            once: `${parameters.stream}/${id}`,
          }),
        onRefused: (error, id) =>
          logger.error({ err: error, id }, 'An entry of a Redis stream could not start its workflow'),
      });
      reader.run(signal).catch((error: unknown) => {
        if (!signal.aborted) lost(redisFailure(error, settings));
      });
      return {
        async close() {
          await reader.settle();
          client.destroy();
        },
      };
    },
  },
});
