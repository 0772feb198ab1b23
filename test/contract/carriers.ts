import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '../../src/contract/index.ts';
import type { App, EngineClient } from '../../src/engine/app.ts';

export const API_KEY = 'key-for-the-contract-suite';

export interface Connection {
  client: EngineClient;
  close(): void;
}

/** The ways a client reaches the engine; every test of the suite runs over each of them. */
export const CARRIERS: Record<string, (app: App) => Connection> = {
  memory: (app) => ({ client: app.client, close: () => {} }),

  'message port': (app) => {
    const { port1, port2 } = new MessageChannel();
    app.attachPort(port1);
    const client = createORPCClient<EngineClient>(new RPCLink({ port: port2 }));
    port2.start();
    return { client, close: () => port2.close() };
  },

  http: (app) => ({
    client: createORPCClient<EngineClient>(
      new OpenAPILink(contract, { url: `${app.url}/api/v1`, headers: { 'x-api-key': API_KEY } }),
    ),
    close: () => {},
  }),
};
