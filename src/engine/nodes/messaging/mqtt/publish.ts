import type { MqttClient, Publisher } from '../../../connectors/mqtt/index.ts';

type Qos = 0 | 1 | 2;

/** A choice of quality of service as the number it stands for. */
export function qosOf(choice: '0' | '1' | '2'): Qos {
  return Number(choice) as Qos;
}

interface Message {
  topic: string;
  bytes: Buffer;
  qos: Qos;
  retain: boolean;
}

/**
 * Publishes a message. Resolves once it is sent (QoS 0), the server has taken it (1), or both sides know that it has (2).
 * Rejects when the connection ends before.
 */
export function publish(
  { client, inFlight }: Publisher,
  message: Message,
  signal: AbortSignal,
): Promise<void> {
  const send = () => sendMessage(client, message, signal);
  return message.qos === 0 ? send() : inFlight.use(send, signal);
}

function sendMessage(
  client: MqttClient,
  { topic, bytes, qos, retain }: Message,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    if (!client.connected) return reject(new Error('Connection closed'));
    const settle = (done: () => void) => {
      client.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const onClose = () => settle(() => reject(new Error('Connection closed')));
    const onAbort = () => settle(() => reject(signal.reason as Error));
    client.on('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    client.publish(topic, bytes, { qos, retain }, (error) =>
      settle(() => (error ? reject(error) : resolve())),
    );
  });
}
