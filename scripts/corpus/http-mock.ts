import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpMock } from './cases.ts';

export interface MockServer {
  /** The text of a workflow with the mocked addresses replaced by this server's. */
  rewrite(text: string): string;
  close(): Promise<void>;
}

/** Answers the requests of one case from the case itself; what it does not expect gets 404 with the reason. */
export async function serveMocks(mocks: readonly HttpMock[]): Promise<MockServer> {
  const bases = [...new Set(mocks.map(({ base }) => base).filter((base) => typeof base === 'string'))];
  const left = mocks.map((mock) => ({
    mock,
    times: mock['persist'] ? Infinity : Number(mock['times'] ?? 1),
  }));
  const server = createServer((request, response) => {
    const found = left.find(({ mock, times }) => times > 0 && answers(mock, request, bases));
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end(`no mock for ${request.method} ${request.url}`);
      return;
    }
    found.times--;
    const { mock } = found;
    if (mock['networkError']) {
      response.destroy();
      return;
    }
    const { body, type } = encode(mock.responseBody);
    response.writeHead(mock.status ?? 200, {
      'content-type': type,
      ...(mock.responseHeaders as Record<string, string> | undefined),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    rewrite: (text) =>
      bases.reduce(
        (rewritten, base, index) => rewritten.replaceAll(base.replace(/\/$/, ''), `${origin}/base-${index}`),
        text,
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answers(mock: HttpMock, { method, url = '' }: IncomingMessage, bases: readonly string[]): boolean {
  if (mock.method.toUpperCase() !== method) return false;
  const prefix = `/base-${bases.indexOf(mock.base as string)}`;
  if (!url.startsWith(prefix)) return false;
  const target = new URL(url.slice(prefix.length) || '/', 'http://mock');
  const wanted = mock.path;
  if (typeof wanted === 'object' && wanted !== null && '$regex' in wanted)
    return new RegExp(String(wanted.$regex)).test(target.pathname + target.search);
  const expected = new URL(String(wanted ?? '/').replace(/^(?!\/)/, '/'), 'http://mock');
  const query = (mock['query'] ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(query)) expected.searchParams.set(name, String(value));
  if (expected.pathname !== target.pathname) return false;
  return [...expected.searchParams].every(([name, value]) => target.searchParams.get(name) === value);
}

function encode(body: unknown): { body: Buffer | string; type: string } {
  if (typeof body === 'object' && body !== null && '$base64' in body)
    return { body: Buffer.from(String(body.$base64), 'base64'), type: 'application/octet-stream' };
  if (typeof body === 'string') return { body, type: 'text/plain' };
  return { body: JSON.stringify(body ?? {}), type: 'application/json' };
}
