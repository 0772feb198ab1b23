import { listenToChannels } from '../../../connectors/postgres/index.ts';
import { defineTrigger, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { readPayload } from './read-payload.ts';

export const postgresTrigger = defineTrigger({
  type: 'postgres-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['postgresql', 'listen', 'notify', 'database', '数据库', '通知', '监听'],
  credentials: [{ name: 'database', types: ['postgres'], required: true }],
  parameters: {
    channels: param.string({ required: true, placeholder: 'orders, customers' }),
    payload: param.select({ options: ['auto', 'text'], default: 'auto' }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger } = context;
      const credential = await context.credential('database');
      const channels = parameters.channels
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean);
      if (channels.length === 0)
        throw new NodeError('PARAMETER_REQUIRED', { node: context.node.name, field: 'channels' });
      return listenToChannels(credential?.data ?? {}, channels, {
        notification: ({ channel, payload, processId }) => {
          const json = {
            channel,
            payload: parameters.payload === 'text' ? payload : readPayload(payload),
            processId,
          };
          // The server sends a notification once, and keeps none for later.
          emit([{ json }]).catch((error: unknown) =>
            logger.error(
              { err: error, channel },
              'A notification of PostgreSQL could not start its workflow',
            ),
          );
        },
        lost,
      });
    },
  },
});
