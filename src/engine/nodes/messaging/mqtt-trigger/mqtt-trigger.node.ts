import { connectMqtt, mqttFailure } from '../../../connectors/mqtt/index.ts';
import { defineTrigger, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { messageItem } from './message-item.ts';
import { MessageTaker } from './message-taker.ts';
import { sessionFor } from './session.ts';
import { subscribeTo } from './subscribe.ts';

export const mqttTrigger = defineTrigger({
  type: 'mqtt-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['iot', 'mosquitto', 'emqx', 'subscribe', 'message', '物联网', '消息', '订阅'],
  credentials: [{ name: 'server', types: ['mqtt'], required: true }],
  parameters: {
    topics: param.list({ fields: { topic: param.string({ required: true, placeholder: 'home/+/light' }) } }),
    qos: param.select({ options: ['0', '1', '2'], default: '1' }),
    content: param.select({ options: ['auto', 'text', 'binary'], default: 'auto' }),
    session: param.select({ options: ['persistent', 'clean'], default: 'persistent' }),
    clientId: param.string({ visibleWhen: { session: ['persistent'] } }),
    onRefused: param.select({ options: ['redeliver', 'discard'], default: 'redeliver' }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger, signal, binary } = context;
      const topics = [...new Set(parameters.topics.map(({ topic }) => topic))];
      if (topics.length === 0)
        throw new NodeError('PARAMETER_REQUIRED', { field: 'topics', parameter: 'topics' });
      const settings = (await context.credential('server'))?.data ?? {};
      const session = sessionFor(parameters, context);
      const lose = (error: unknown) => {
        if (!signal.aborted) lost(mqttFailure(error, settings));
      };
      const taker = new MessageTaker({
        take: async (packet) => emit([await messageItem(packet, parameters.content, binary)]),
        onRefused(error, packet) {
          const { topic } = packet;
          logger.error({ err: error, topic }, 'A message of MQTT could not start its workflow');
          if (parameters.onRefused === 'discard' || packet.qos === 0) return true;
          // Without its acknowledgement it comes again with the next connection.
          lose(error);
          return false;
        },
        onDropped: ({ topic }) => logger.warn({ topic }, 'A message of MQTT was dropped: too many wait'),
        signal,
      });
      const client = await connectMqtt(settings, session, (own) => taker.attach(own));
      client.on('error', lose).on('close', () => lose(new Error('Connection closed')));
      try {
        await subscribeTo(client, topics, parameters.qos, session.clean ? null : context.kept);
      } catch (error) {
        client.end(true);
        throw mqttFailure(error, settings);
      }
      return {
        async close() {
          // What is stored by now is acknowledged, so that it does not come again.
          await taker.settle();
          if (client.connected) await client.endAsync();
          else client.end(true);
        },
      };
    },
  },
});
