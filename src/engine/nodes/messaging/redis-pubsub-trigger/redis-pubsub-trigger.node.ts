import { readContent, UnkeptMessages } from '../../../connectors/messages/index.ts';
import { connectRedis, redisFailure } from '../../../connectors/redis/index.ts';
import { defineTrigger, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';

export const redisPubsubTrigger = defineTrigger({
  type: 'redis-pubsub-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['redis', 'subscribe', 'channel', 'pubsub', 'message', '消息', '订阅', '频道'],
  credentials: [{ name: 'server', types: ['redis'], required: true }],
  parameters: {
    channels: param.list({ fields: { name: param.string({ required: true }) } }),
    patterns: param.list({ fields: { pattern: param.string({ required: true }) } }),
    content: param.select({ options: ['auto', 'text', 'binary'], default: 'auto' }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger, signal, binary } = context;
      const channels = parameters.channels.map(({ name }) => name);
      const patterns = parameters.patterns.map(({ pattern }) => pattern);
      if (channels.length + patterns.length === 0)
        throw new NodeError('PARAMETER_REQUIRED', { field: 'channels', parameter: 'channels' });
      const settings = (await context.credential('server'))?.data ?? {};
      const client = await connectRedis(settings);
      client.on('error', (error: unknown) => {
        if (!signal.aborted) lost(redisFailure(error, settings));
      });
      const messages = new UnkeptMessages();
      const take = async (content: Buffer, channel: string, pattern?: string) => {
        const about = { channel, ...(pattern !== undefined && { pattern }) };
        try {
          const isTaken = await messages.take(async () =>
            emit([await readContent(content, parameters.content, about, binary)]),
          );
          if (!isTaken) logger.warn(about, 'A message of Redis was dropped: too many wait');
        } catch (error) {
          if (!signal.aborted)
            logger.error({ err: error, ...about }, 'A message of Redis could not start its workflow');
        }
      };
      try {
        if (channels.length > 0)
          await client.subscribe(
            channels,
            (content, channel) => void take(content, channel.toString()),
            true,
          );
        for (const pattern of patterns)
          await client.pSubscribe(
            pattern,
            (content, channel) => void take(content, channel.toString(), pattern),
            true,
          );
      } catch (error) {
        client.destroy();
        throw redisFailure(error, settings);
      }
      return { close: () => client.destroy() };
    },
  },
});
