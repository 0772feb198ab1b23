import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { createAddressPolicy } from './address-policy.ts';
import { createHttpClient, type ClosableHttpClient } from './create-http-client.ts';

const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function serve(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; port: number; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, server };
}

function client(options: Partial<Parameters<typeof createHttpClient>[0]> = {}): ClosableHttpClient {
  const made = createHttpClient({ policy: createAddressPolicy(), ...options });
  opened.push(() => made.close());
  return made;
}

const echo = (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    );
  });
};

async function json(response: { text(): Promise<string> }) {
  return JSON.parse(await response.text()) as {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string;
  };
}

describe('createHttpClient', () => {
  it('reads a stored body while sending it, with its length, and anew for a redirect', async () => {
    const target = await serve(echo);
    const { url } = await serve((request, response) => {
      request.resume();
      request.on('end', () => void response.writeHead(307, { location: `${target.url}/there` }).end());
    });
    let opened = 0;
    const body = {
      size: 6,
      async *open() {
        opened++;
        yield await Promise.resolve(Buffer.from('abc'));
        yield Buffer.from('def');
      },
    };
    const sent = await json(await client().request({ method: 'PUT', url, body }));
    expect(sent).toMatchObject({ method: 'PUT', url: '/there', body: 'abcdef' });
    expect(sent.headers['content-length']).toBe('6');
    expect(opened).toBe(2);
    const once = client().request({ method: 'PUT', url, body: body.open() });
    await expect(once).rejects.toMatchObject({ code: 'HTTP_REQUEST_FAILED' });
  });

  it('sends method, headers and body and reads the answer', async () => {
    const { url } = await serve(echo);
    const response = await client().request({
      method: 'post',
      url: `${url}/a?b=1`,
      headers: [['X-One', '1']],
      body: 'hello',
    });
    expect(response.status).toBe(200);
    const seen = await json(response);
    expect(seen).toMatchObject({ method: 'POST', url: '/a?b=1', body: 'hello' });
    expect(seen.headers).toMatchObject({ 'x-one': '1', 'content-length': '5', 'user-agent': 'GuixuFlow' });
  });

  it('keeps connections between requests', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const http = client();
    for (let round = 0; round < 6; round++) await (await http.request({ method: 'GET', url })).text();
    // The pool may open a second one while the end of the first answer is still being taken in.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('undoes compression and reads other charsets', async () => {
    const { url } = await serve((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('content-type', 'text/plain; charset=gbk');
      response.end(gzipSync(Buffer.from([0xc4, 0xe3, 0xba, 0xc3])));
    });
    expect(await (await client().request({ method: 'GET', url })).text()).toBe('你好');
  });

  it('sends forms with their length', async () => {
    const { url } = await serve(echo);
    const form = new FormData();
    form.set('name', 'value');
    const seen = await json(await client().request({ method: 'POST', url, body: form }));
    expect(seen.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(seen.headers['content-length'])).toBeGreaterThan(0);
    expect(seen.body).toContain('name="name"');
  });

  it('follows redirects and leaves secrets behind at another origin', async () => {
    const other = await serve(echo);
    const first = await serve((request, response) => {
      if (request.url === '/same') return echo(request, response);
      response.writeHead(request.url === '/to-same' ? 307 : 302, {
        location: request.url === '/to-same' ? '/same' : `${other.url}/other`,
      });
      response.end();
    });
    const request = {
      method: 'POST',
      headers: [
        ['Authorization', 'Bearer x'],
        ['X-Api-Key', 'k'],
        ['X-Plain', 'p'],
      ] as Array<[string, string]>,
      secretHeaders: ['X-Api-Key'],
      body: 'data',
    };
    const same = await json(await client().request({ ...request, url: `${first.url}/to-same` }));
    expect(same).toMatchObject({
      method: 'POST',
      url: '/same',
      body: 'data',
      headers: { authorization: 'Bearer x', 'x-api-key': 'k' },
    });
    const response = await client().request({ ...request, url: `${first.url}/away` });
    expect(response.url).toBe(`${other.url}/other`);
    const away = await json(response);
    expect(away).toMatchObject({ method: 'GET', url: '/other', body: '' });
    expect(Object.keys(away.headers)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(away.headers).not.toHaveProperty('x-api-key');
    expect(away.headers['x-plain']).toBe('p');
  });

  it('stops after the allowed number of redirects, or at the first answer when told not to follow', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(302, { location: '/again' });
      response.end();
    });
    await expect(client().request({ method: 'GET', url, maxRedirects: 2 })).rejects.toMatchObject({
      code: 'HTTP_REQUEST_FAILED',
    });
    expect((await client().request({ method: 'GET', url, followRedirects: false })).status).toBe(302);
  });

  it('gives up when the time is over, also within the body', async () => {
    const clock = new FakeClock();
    const { url } = await serve((request, response) => {
      if (request.url === '/body') response.write('begin');
    });
    const http = client({ clock });
    const silent = http.request({ method: 'GET', url: `${url}/silent?token=abc`, timeoutMs: 1000 });
    const failed = expect(silent).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
      facts: { method: 'GET', url: `${url}/silent?token=***`, limitMs: 1000 },
    });
    await clock.advance(1000);
    await failed;
    const response = await http.request({ method: 'GET', url: `${url}/body`, timeoutMs: 1000 });
    const text = expect(response.text()).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' });
    await clock.advance(1000);
    await text;
  });

  it("ends with the caller's reason when the caller gives up", async () => {
    const { url } = await serve(() => undefined);
    const controller = new AbortController();
    const pending = client().request({ method: 'GET', url, signal: controller.signal });
    const reason = new Error('stopped');
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  it('says why nothing answered', async () => {
    const { url, server } = await serve(echo);
    await new Promise((resolve) => server.close(resolve));
    opened.pop();
    await expect(client().request({ method: 'GET', url })).rejects.toMatchObject({
      code: 'HTTP_REQUEST_FAILED',
      facts: { cause: 'ECONNREFUSED' },
    });
    await expect(client().request({ method: 'GET', url: 'ftp://x/' })).rejects.toMatchObject({
      code: 'HTTP_REQUEST_FAILED',
    });
    await expect(client().request({ method: 'GET', url: 'no url' })).rejects.toMatchObject({
      code: 'HTTP_REQUEST_FAILED',
    });
  });

  it('checks addresses, names and redirects', async () => {
    const own = await serve(echo);
    const front = await serve((_request, response) => {
      response.writeHead(302, { location: `http://localhost:${own.port}/api/v1` });
      response.end();
    });
    const guarded = client({ policy: createAddressPolicy({ ownPorts: () => [own.port] }) });
    for (const url of [
      own.url,
      `http://localhost:${own.port}`,
      front.url,
      'http://169.254.169.254/latest',
      'http://[::ffff:a9fe:a9fe]/',
      'http://0xa9fea9fe/',
    ]) {
      await expect(guarded.request({ method: 'GET', url }), url).rejects.toMatchObject({
        code: 'HTTP_BLOCKED',
      });
    }
    const shared = client({ policy: createAddressPolicy({ denyPrivate: true }) });
    await expect(shared.request({ method: 'GET', url: front.url })).rejects.toMatchObject({
      code: 'HTTP_BLOCKED',
    });
  });

  it('goes through a proxy, which may not be used to get around the rules', async () => {
    const target = await serve(echo);
    const seen: string[] = [];
    const proxy = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization']}`);
      const url = new URL(request.url ?? '');
      const socket = connect(Number(url.port), url.hostname, () => {
        socket.write(`${request.method} ${url.pathname} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
        socket.pipe(response.socket!);
      });
    });
    const uri = `http://user:pass@127.0.0.1:${proxy.port}`;
    const response = await client().request({ method: 'GET', url: `${target.url}/via`, proxy: uri });
    expect(await json(response)).toMatchObject({ url: '/via' });
    expect(seen).toEqual([`GET ${target.url}/via Basic ${Buffer.from('user:pass').toString('base64')}`]);
    const guarded = client({ policy: createAddressPolicy({ ownPorts: () => [target.port] }) });
    await expect(guarded.request({ method: 'GET', url: target.url, proxy: uri })).rejects.toMatchObject({
      code: 'HTTP_BLOCKED',
    });
  });
});
