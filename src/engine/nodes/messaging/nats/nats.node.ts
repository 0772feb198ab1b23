import { contentOf } from '../../../connectors/messages/index.ts';
import { natsFailure, useNats } from '../../../connectors/nats/index.ts';
import { defineNode, derive, MAIN_PORT } from '../../../node-kit/index.ts';
import { checkSubject } from './check-subject.ts';
import { natsParameters } from './nats-parameters.ts';
import { sendMessage } from './send-message.ts';

export const nats = defineNode({
  type: 'nats',
  version: 1,
  group: 'messaging',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['jetstream', 'publish', 'request', 'reply', 'message', '消息', '发布', '请求'],
  credentials: [{ name: 'server', types: ['nats'], required: true }],
  parameters: natsParameters,
  // A stream tells repeats by the message id, but for two minutes only where it does not say otherwise.
  effect: 'unsafe',
  async execute(context) {
    const { connections, signal } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return useNats(
      connections,
      settings,
      (publisher) => {
        const stopped = aborted(AbortSignal.any([signal, publisher.ended]));
        return context.perItem(
          async (item, index) => {
            const own = context.parameters(index);
            checkSubject(own.subject, { node: context.node.name, itemIndex: index });
            const { bytes } = await contentOf(item, index, own, context.binary);
            const message = { bytes, messageId: context.idempotencyKey(index), store: context.binary };
            const sent = sendMessage(publisher, own, message);
            const { json, binary } = await Promise.race([sent, stopped]).catch((error: unknown) => {
              signal.throwIfAborted();
              throw natsFailure(error, settings);
            });
            const files = binary ? { ...item.binary, ...binary } : item.binary;
            return derive({ ...item.json, ...json }, index, 0, files);
          },
          { concurrency: 50 },
        );
      },
      signal,
    );
  },
});

/** Rejects with the signal's reason once it is aborted. The driver knows nothing of signals. */
function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
