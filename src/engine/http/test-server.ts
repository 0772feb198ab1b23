import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAddressPolicy } from './address-policy.ts';
import { createHttpClient, type ClosableHttpClient } from './create-http-client.ts';

export type TestHandler = (request: IncomingMessage & { body: Buffer }, response: ServerResponse) => void;

export interface TestServer {
  /** Without a trailing slash. */
  base: string;
  /** A client that may reach it. */
  http: ClosableHttpClient;
  close(): Promise<void>;
}

/** A real server on loopback with a client for it. For tests. */
export async function startTestServer(handler: TestHandler): Promise<TestServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handler(Object.assign(request, { body: Buffer.concat(chunks) }), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = createHttpClient({ policy: createAddressPolicy() });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    http,
    async close() {
      await http.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
