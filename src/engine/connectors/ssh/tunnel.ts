import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ClientChannel } from 'ssh2';
import { NodeError, type Connections } from '../../node-kit/index.ts';
import type { Settings } from '../connector-user.ts';
import { useSsh, type SshConnection } from './connector.ts';

/** A port of this machine's loopback interface behind which a port lies that the SSH server can reach. */
export interface Tunnel {
  host: '127.0.0.1';
  port: number;
  /** False once it is closed, or the connection to the SSH server is lost: then nothing listens there any more. */
  readonly isOpen: boolean;
  /** Ends what goes through it too. */
  close(): Promise<void>;
}

interface Target {
  host: string;
  port: number;
}

/**
 * Opens a tunnel through the SSH server of a credential, which stays connected as long. Every program on this machine can
 * use it. The caller closes it. Throws SERVICE_REFUSED where the server does not let it reach the target, and what `useSsh`
 * throws.
 */
export async function openTunnel(
  connections: Connections,
  settings: Settings,
  target: Target,
  signal?: AbortSignal,
): Promise<Tunnel> {
  const opened = Promise.withResolvers<Tunnel>();
  const closing = Promise.withResolvers<void>();
  const held = useSsh(
    connections,
    settings,
    async (connection) => {
      // Whether the target can be reached is told here, where somebody can read it.
      (await forward(connection, target)).destroy();
      const { server, sockets } = listen(connection, target);
      connection.client.once('close', closing.resolve);
      let isOpen = true;
      try {
        await once(server.listen(0, '127.0.0.1'), 'listening');
        opened.resolve({
          host: '127.0.0.1',
          port: (server.address() as AddressInfo).port,
          get isOpen() {
            return isOpen;
          },
          close: () => {
            closing.resolve();
            return held;
          },
        });
        await closing.promise;
      } finally {
        isOpen = false;
        connection.client.off('close', closing.resolve);
        const closed = once(server, 'close');
        server.close();
        for (const socket of sockets) socket.destroy();
        await closed;
      }
    },
    signal,
  );
  held.catch(opened.reject);
  return opened.promise;
}

function listen(connection: SshConnection, target: Target) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The program at either end sees that the connection is gone; there is nobody else to tell.
    socket.on('error', () => socket.destroy());
    forward(connection, target).then(
      (channel) => {
        channel.on('error', () => socket.destroy());
        channel.on('close', () => socket.destroy());
        socket.on('close', () => channel.destroy());
        socket.pipe(channel).pipe(socket);
      },
      () => socket.destroy(),
    );
  });
  return { server, sockets };
}

function forward({ client }: SshConnection, { host, port }: Target): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (!error) resolve(channel);
      else if ('reason' in error)
        reject(
          new NodeError(
            'SERVICE_REFUSED',
            { service: 'SSH', reason: `no way to ${host}:${port}: ${error.message}` },
            { cause: error },
          ),
        );
      else reject(error);
    });
  });
}
