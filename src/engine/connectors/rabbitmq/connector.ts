import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import type { Connector } from '../../node-kit/index.ts';
import { userOf, type Settings, type UseConnection } from '../connector-user.ts';
import { rabbitmqFailure } from './failure.ts';

const CONNECT_MS = 15_000;
/** Both sides say something at least this often, so that a connection that is gone is noticed. */
const HEARTBEAT_SECONDS = 30;

/** Connects. Throws a NodeError that names the cause. The caller listens for `error` and `close`. */
export async function connectRabbitmq(settings: Settings): Promise<ChannelModel> {
  const { host = '', port, user = '', password = '', vhost, tls, authorities } = settings;
  const isSecure = tls === 'verify' || tls === 'no-check';
  try {
    return await connect(
      {
        protocol: isSecure ? 'amqps' : 'amqp',
        hostname: host,
        port: Number(port) || (isSecure ? 5671 : 5672),
        username: user,
        password,
        vhost: vhost || '/',
        heartbeat: HEARTBEAT_SECONDS,
      },
      {
        timeout: CONNECT_MS,
        clientProperties: { connection_name: 'GuixuFlow' },
        ...(isSecure && { servername: host, rejectUnauthorized: tls === 'verify' }),
        ...(authorities && { ca: [authorities] }),
      },
    );
  } catch (error) {
    throw rabbitmqFailure(error, settings);
  }
}

interface Publisher {
  model: ChannelModel;
  channel: ConfirmChannel;
  isUsable: boolean;
}

const connector: Connector<Settings, Publisher> = {
  kind: 'rabbitmq',
  async open(settings) {
    const model = await connectRabbitmq(settings);
    try {
      const publisher: Publisher = { model, channel: await model.createConfirmChannel(), isUsable: true };
      // Each message that is under way listens for its return.
      publisher.channel.setMaxListeners(0);
      const lose = () => void (publisher.isUsable = false);
      // A channel is closed by the server for whatever it refuses; the next user gets a new one.
      for (const emitter of [model, publisher.channel]) emitter.on('error', lose).on('close', lose);
      return publisher;
    } catch (error) {
      await model.close().catch(() => undefined);
      throw rabbitmqFailure(error, settings);
    }
  },
  close: ({ model }) => model.close().catch(() => undefined),
  isUsable: ({ isUsable }) => isUsable,
};

const usePublisher = userOf(connector, rabbitmqFailure);

/** Works with a channel on which the server confirms what it has taken. Throws NodeErrors. */
export const useRabbitmq: UseConnection<ConfirmChannel> = (connections, settings, work, signal) =>
  usePublisher(connections, settings, ({ channel }) => work(channel), signal);
