import type { IPublishPacket, Packet } from 'mqtt';
import { UnkeptMessages } from '../../../connectors/messages/index.ts';
import type { MqttClient } from '../../../connectors/mqtt/index.ts';

/** What the client sends its packets with, which it shows nobody. */
interface Sender {
  _sendPacket(packet: Packet, done?: () => void, ...more: unknown[]): void;
}

interface Options {
  /** Resolves once the message is stored; only then is it acknowledged. */
  take(packet: IPublishPacket): Promise<void>;
  /** True where the message is to be acknowledged nevertheless. */
  onRefused(error: unknown, packet: IPublishPacket): boolean;
  onDropped(packet: IPublishPacket): void;
  signal: AbortSignal;
}

/** Takes the messages of a client, many at a time, and acknowledges those it has taken in the order they came. */
export class MessageTaker {
  readonly #options: Options;
  /** By packet id: whether to acknowledge. */
  readonly #taken = new Map<number, Promise<boolean>>();
  #acknowledged: Promise<unknown> = Promise.resolve();
  readonly #unkept = new UnkeptMessages();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Has all messages of a client that is about to connect. */
  attach(client: MqttClient): void {
    client.on('message', (_topic, _payload, packet) => {
      if (packet.qos === 0) void this.#takeUnkept(packet);
    });
    // Before the first acknowledgement of QoS 1 and 2. As an option of the client it would hold for MQTT 5 alone.
    client.options.customHandleAcks = (_topic, _payload, packet: IPublishPacket, proceed) => {
      this.#taken.set(packet.messageId ?? 0, this.#take(packet));
      proceed(0);
    };
    this.#holdAcknowledgements(client);
  }

  /** Resolves once nothing is under way any more, and all of it acknowledged. */
  async settle(): Promise<void> {
    await Promise.all(this.#taken.values());
    await this.#acknowledged;
  }

  /**
   * The client reads nothing while it is to acknowledge a message, not even the server's answers to its pings, so that a
   * message that waits long would cost the connection. It is told that it has, and the packet is sent when it is time.
   */
  #holdAcknowledgements(client: MqttClient): void {
    const sender = client as unknown as Sender;
    const send = sender._sendPacket.bind(client);
    sender._sendPacket = (packet, done, ...more) => {
      const isFirst = packet.cmd === 'puback' || packet.cmd === 'pubrec';
      const id = packet.messageId ?? 0;
      const taken = isFirst ? this.#taken.get(id) : undefined;
      if (!taken) return send(packet, done, ...more);
      // MQTT wants them in the order of the messages (3.1.1, section 4.6).
      this.#acknowledged = Promise.all([taken, this.#acknowledged]).then(([isDone]) => {
        this.#taken.delete(id);
        if (isDone && client.connected) send(packet);
      });
      done?.();
    };
  }

  /** QoS 0. */
  async #takeUnkept(packet: IPublishPacket): Promise<void> {
    const isTaken = await this.#unkept.take(async () => void (await this.#take(packet)));
    if (!isTaken) this.#options.onDropped(packet);
  }

  async #take(packet: IPublishPacket): Promise<boolean> {
    const { take, onRefused, signal } = this.#options;
    try {
      await take(packet);
      return true;
    } catch (error) {
      // What was under way at the end is left to be delivered again.
      return !signal.aborted && onRefused(error, packet);
    }
  }
}
