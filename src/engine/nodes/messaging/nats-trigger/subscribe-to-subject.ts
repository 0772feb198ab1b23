import type { Msg } from '@nats-io/transport-node';
import { readContent, UnkeptMessages } from '../../../connectors/messages/index.ts';
import { flush, fromHeaders, type NatsConnection } from '../../../connectors/nats/index.ts';
import type { Listener } from '../../../node-kit/index.ts';
import type { NatsListenContext } from './nats-trigger-parameters.ts';

/** Takes what is published to a subject from now on. Throws where the server does not let us. */
export async function subscribeToSubject(
  connection: NatsConnection,
  { parameters, emit, logger, signal, binary }: NatsListenContext,
  lose: (error: unknown) => void,
): Promise<Listener> {
  const messages = new UnkeptMessages();
  const take = async ({ subject, reply, headers, data }: Msg) => {
    const about = { subject, headers: fromHeaders(headers), ...(reply && { reply }) };
    try {
      const isTaken = await messages.take(async () =>
        emit([await readContent(data, parameters.content, about, binary)]),
      );
      if (!isTaken) logger.warn({ subject }, 'A message of NATS was dropped: too many wait');
    } catch (error) {
      if (!signal.aborted)
        logger.error({ err: error, subject }, 'A message of NATS could not start its workflow');
    }
  };
  const { queueGroup } = parameters;
  let refusal: Error | null = null;
  connection.subscribe(parameters.subject, {
    ...(queueGroup && { queue: queueGroup }),
    callback(error, message) {
      if (!error) return void take(message);
      refusal ??= error;
      lose(error);
    },
  });
  // A refusal comes before the answer to this.
  await flush(connection);
  if (refusal) throw refusal;
  return { close: () => undefined };
}
