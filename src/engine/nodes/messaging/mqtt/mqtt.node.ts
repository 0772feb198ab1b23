import { contentOf } from '../../../connectors/messages/index.ts';
import { mqttFailure, useMqtt } from '../../../connectors/mqtt/index.ts';
import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { checkTopic } from './check-topic.ts';
import { publish, qosOf } from './publish.ts';

export const mqtt = defineNode({
  type: 'mqtt',
  version: 1,
  group: 'messaging',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['iot', 'mosquitto', 'emqx', 'publish', 'message', '物联网', '消息', '发布'],
  credentials: [{ name: 'server', types: ['mqtt'], required: true }],
  parameters: {
    topic: param.string({ required: true, placeholder: 'home/kitchen/light' }),
    content: param.select({ options: ['item', 'text', 'binary'], default: 'item' }),
    text: param.string({ multiline: true, visibleWhen: { content: ['text'] } }),
    binaryField: param.string({ default: 'data', required: true, visibleWhen: { content: ['binary'] } }),
    qos: param.select({ options: ['0', '1', '2'], default: '1' }),
    retain: param.boolean(),
  },
  // The server takes the same message twice, and nothing in it tells a repeat.
  effect: 'unsafe',
  async execute(context) {
    const { connections, signal } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return useMqtt(
      connections,
      settings,
      (publisher) =>
        context.perItem(
          async (item, index) => {
            const own = context.parameters(index);
            checkTopic(own.topic, { node: context.node.name, itemIndex: index });
            const { bytes } = await contentOf(item, index, own, context.binary);
            const message = { topic: own.topic, bytes, qos: qosOf(own.qos), retain: own.retain };
            await publish(publisher, message, signal).catch((error: unknown) => {
              signal.throwIfAborted();
              throw mqttFailure(error, settings);
            });
            return derive(item.json, index, 0, item.binary);
          },
          { concurrency: 50 },
        ),
      signal,
    );
  },
});
