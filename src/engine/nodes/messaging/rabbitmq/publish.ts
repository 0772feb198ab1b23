import type { ConfirmChannel, Message } from 'amqplib';
import type { MessageContent } from '../../../connectors/messages/index.ts';
import { NodeError } from '../../../node-kit/index.ts';

interface PublishSettings {
  target: 'queue' | 'exchange';
  queue: string;
  exchange: string;
  routingKey: string;
  headers: ReadonlyArray<{ name: string; value: string }>;
  options: {
    declare?: boolean;
    persistent?: boolean;
    mustArrive?: boolean;
    messageId?: string;
    correlationId?: string;
    replyTo?: string;
    type?: string;
    priority?: number;
    expirationMs?: number;
  };
}

/**
 * Publishes a message; resolves once the server has taken it, and by default once it lies in a queue. Throws
 * SERVICE_REFUSED where no queue took it.
 */
export async function publish(
  channel: ConfirmChannel,
  settings: PublishSettings,
  { bytes, contentType, messageId }: MessageContent & { messageId: string },
  signal: AbortSignal,
): Promise<void> {
  const { target, queue, exchange, routingKey, headers, options } = settings;
  const { mustArrive = true, persistent = true, declare = false } = options;
  if (declare && target === 'queue') await channel.assertQueue(queue, { durable: true });
  const place = target === 'queue' ? { exchange: '', key: queue } : { exchange, key: routingKey };
  const id = options.messageId || messageId;
  const { correlationId, replyTo, type, priority, expirationMs } = options;
  await new Promise<void>((resolve, reject) => {
    let isReturned = false;
    // What no queue takes comes back before it is confirmed.
    const onReturn = ({ properties }: Message) => (isReturned ||= properties.messageId === id);
    const settle = (done: () => void) => {
      channel.off('return', onReturn);
      channel.off('error', onError);
      channel.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('Channel closed')));
    const onAbort = () => settle(() => reject(signal.reason as Error));
    channel.on('return', onReturn);
    // Told before the end of the channel, with what the server refused.
    channel.on('error', onError);
    channel.on('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    channel.publish(
      place.exchange,
      place.key,
      bytes,
      {
        contentType,
        messageId: id,
        persistent,
        mandatory: mustArrive,
        headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
        ...(correlationId && { correlationId }),
        ...(replyTo && { replyTo }),
        ...(type && { type }),
        ...(priority !== undefined && { priority }),
        ...(expirationMs !== undefined && { expiration: expirationMs }),
      },
      (error: unknown) => {
        // Where the server closed the channel, its reason comes with the event that follows.
        if (error) setImmediate(() => settle(() => reject(asError(error))));
        else settle(() => (isReturned ? reject(unroutable(settings)) : resolve()));
      },
    );
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the server did not take the message');
}

function unroutable({ target, queue, exchange, routingKey }: PublishSettings): NodeError {
  const reason =
    target === 'queue'
      ? `there is no queue "${queue}"; create it, or choose the option to declare it`
      : `no queue is bound to the exchange "${exchange}" for the routing key "${routingKey}"`;
  return new NodeError('SERVICE_REFUSED', { service: 'RabbitMQ', reason });
}
