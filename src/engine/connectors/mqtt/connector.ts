import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Connector } from '../../node-kit/index.ts';
import { userOf, type Settings } from '../connector-user.ts';
import { Slots } from '../pool/index.ts';
import { handshakeFailure, mqttFailure } from './failure.ts';

export type { MqttClient } from 'mqtt';

const CONNECT_MS = 15_000;
const KEEP_ALIVE_SECONDS = 60;
/** Mosquitto confirms more messages of QoS 2 at a time, and loses them, where the protocol knows no limit to be told. */
const MOST_IN_FLIGHT = 20;

/** What a connection is to have besides what the credential says. */
export type SessionOptions = Pick<IClientOptions, 'clientId' | 'clean' | 'properties'>;

/**
 * Connects; `prepare` gets the client before anything of the server can arrive. It does not connect again by itself:
 * whoever lost it decides what to do. Throws a NodeError that names the cause.
 */
export function connectMqtt(
  settings: Settings,
  session: SessionOptions = {},
  prepare?: (client: MqttClient) => void,
): Promise<MqttClient> {
  const client = connect({ ...optionsOf(settings), ...session });
  prepare?.(client);
  let isShaken = client.options.protocol === 'mqtt';
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      client.off('connect', succeed).off('error', fail).off('close', onClose);
      client.end(true);
      reject(isShaken ? mqttFailure(error, settings) : handshakeFailure(error, settings));
    };
    const onClose = () => fail(new Error('Connection closed'));
    const succeed = () => {
      client.off('error', fail).off('close', onClose);
      resolve(client);
    };
    client.once('connect', succeed).on('error', fail).on('close', onClose);
    client.connect();
    // Acknowledgements are small, and each would wait for the one before it to arrive.
    (client.stream as Socket).setNoDelay();
    // The client keeps some failures of TLS to itself.
    client.stream.on('error', fail).once('secureConnect', () => (isShaken = true));
  });
}

function optionsOf({ host = '', port, user, password, version, tls, ...files }: Settings): IClientOptions {
  const isSecure = tls === 'verify' || tls === 'no-check';
  const { authorities, certificate, key, keepAlive } = files;
  return {
    protocol: isSecure ? 'mqtts' : 'mqtt',
    protocolVersion: version === '5' ? 5 : 4,
    host,
    port: Number(port) || (isSecure ? 8883 : 1883),
    clientId: `guixuflow-${randomBytes(6).toString('hex')}`,
    keepalive: Number(keepAlive) || KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_MS,
    reconnectPeriod: 0,
    manualConnect: true,
    ...(user && { username: user }),
    ...(password && { password }),
    ...(isSecure && { rejectUnauthorized: tls === 'verify' }),
    ...(isSecure && authorities && { ca: authorities }),
    ...(isSecure && certificate && { cert: certificate, key: key ?? '' }),
  };
}

/** A client that publishes, and the room for what is not confirmed yet. */
export interface Publisher {
  client: MqttClient;
  inFlight: Slots;
}

const connector: Connector<Settings, Publisher> = {
  kind: 'mqtt',
  async open(settings) {
    const client = await connectMqtt(settings);
    // Each message that is under way listens for the end of the connection.
    client.setMaxListeners(0);
    const { receiveMaximum = MOST_IN_FLIGHT } = client.serverProperties ?? {};
    return { client, inFlight: new Slots(Math.min(receiveMaximum, MOST_IN_FLIGHT)) };
  },
  // Nobody uses it any more, so nothing is under way.
  close: async ({ client }) => {
    if (client.connected) await client.endAsync();
    else client.end(true);
  },
  isUsable: ({ client }) => client.connected,
};

/** Works with a client that its users share. Throws NodeErrors. */
export const useMqtt = userOf(connector, mqttFailure);
