import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttableProxy {
  port: number;
  /** The connections that came, on our side. */
  clients(): Socket[];
  /** Ends them, as a network that fails does. */
  cut(): void;
  stop(): Promise<void>;
}

/** Passes connections on to a server until they are cut. */
export async function startCuttableProxy(port: number, host = '127.0.0.1'): Promise<CuttableProxy> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, host);
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream])
      socket.on('error', () => undefined).on('close', () => (client.destroy(), upstream.destroy()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const client of clients) client.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    clients: () => [...clients],
    cut,
    async stop() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
