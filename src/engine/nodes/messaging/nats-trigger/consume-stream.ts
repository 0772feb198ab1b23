import { jetstream, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { flush, type NatsConnection } from '../../../connectors/nats/index.ts';
import type { Listener } from '../../../node-kit/index.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import type { NatsListenContext } from './nats-trigger-parameters.ts';
import { StreamMessages } from './stream-messages.ts';

/** How long the server holds a question for one message. */
const ONE_MS = 5000;
/** After two of them without a word the consumer is looked for. */
const HEARTBEAT_MS = 5000;

/** Takes the messages of a stream as a durable consumer. Throws what the server refuses. */
export async function consumeStream(
  connection: NatsConnection,
  context: NatsListenContext,
  lose: (error: unknown) => void,
): Promise<Listener> {
  const { parameters, isTest, signal } = context;
  const { stream, inFlight } = parameters;
  const name = await ensureConsumer(connection, context);
  const consumer = await jetstream(connection).consumers.get(stream, name);
  const taker = new StreamMessages(context);
  if (isTest) takeOne(consumer, taker, signal).catch(lose);
  else {
    const messages = await consumer.consume({
      max_messages: inFlight,
      idle_heartbeat: HEARTBEAT_MS,
      abort_on_missing_resource: true,
      callback: (message: JsMsg) => taker.take(message),
    });
    // Before anything is given back, which would come here again at once.
    signal.addEventListener('abort', () => messages.stop(), { once: true });
    void watchEnd(messages, stream, lose);
  }
  return {
    async close() {
      await taker.settle();
      // The acknowledgements have reached the server, where it is still there.
      await flush(connection).catch(() => undefined);
    },
  };
}

/** Asks for one message only: what a client was sent and did not look at stays away from everybody for a while. */
async function takeOne(consumer: Consumer, taker: StreamMessages, signal: AbortSignal): Promise<void> {
  for (let message: JsMsg | null = null; message === null && !signal.aborted;) {
    message = await consumer.next({ expires: ONE_MS });
    if (message) taker.take(message);
  }
}

/** The server deleted the consumer, or its stream, where the messages end while the connection lives. */
async function watchEnd(
  messages: ConsumerMessages,
  stream: string,
  lose: (error: unknown) => void,
): Promise<void> {
  const error = await messages.closed().catch((reason: unknown) => reason);
  lose(error ?? new Error(`the consumer of the stream "${stream}" was deleted`));
}
