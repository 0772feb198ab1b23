import { errors } from '@nats-io/transport-node';
import { connectNats, natsFailure } from '../../../connectors/nats/index.ts';
import { defineTrigger, MAIN_PORT, type Listener } from '../../../node-kit/index.ts';
import { consumeStream } from './consume-stream.ts';
import { natsTriggerParameters } from './nats-trigger-parameters.ts';
import { subscribeToSubject } from './subscribe-to-subject.ts';

export const natsTrigger = defineTrigger({
  type: 'nats-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['jetstream', 'subscribe', 'consume', 'queue group', 'message', '消息', '订阅', '消费'],
  credentials: [{ name: 'server', types: ['nats'], required: true }],
  parameters: natsTriggerParameters,
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, lost, signal } = context;
      const settings = (await context.credential('server'))?.data ?? {};
      const connection = await connectNats(settings);
      const lose = (error: unknown) => {
        if (!signal.aborted) lost(natsFailure(error, settings));
      };
      try {
        const listen = parameters.source === 'stream' ? consumeStream : subscribeToSubject;
        const listener: Listener = await listen(connection, context, lose);
        void connection.closed().then((error) => lose(error ?? new errors.ClosedConnectionError()));
        return {
          async close() {
            await listener.close();
            await connection.close();
          },
        };
      } catch (error) {
        await connection.close();
        throw natsFailure(error, settings);
      }
    },
  },
});
