import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { readConfig, silentLogger } from '../kernel/index.ts';
import { Authentication } from './authentication.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';
import type { Services } from './services.ts';
import type { WebhookRequest } from '../triggers/index.ts';
import type { WebhookHandler } from './webhook-routes.ts';

const API_KEY = 'a-key-of-sixteen-characters';
const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Started {
  server: HttpServer;
  authentication: Authentication;
  clock: FakeClock;
  get(path: string, headers?: Record<string, string>, init?: RequestInit): Promise<Response>;
  signIn(): Promise<string>;
}

async function start(
  options: {
    webhooks?: WebhookHandler;
    rendererDir?: string | null;
    env?: Record<string, string>;
    host?: string;
    port?: number;
  } = {},
): Promise<Started> {
  const clock = new FakeClock();
  const config = readConfig({ HOME: '/nowhere', GUIXU_API_KEY: API_KEY, ...options.env });
  // The routes under test reach no further than the system's own facts.
  const services = {
    config,
    clock,
    logger: silentLogger,
    storage: {
      dialect: 'sqlite',
      blobs: {
        has: (reference: { blobId: string }) => Promise.resolve(reference.blobId === 'abc'),
        stream: () => [Buffer.from('bytes')],
      },
    },
    system: {
      version: '1.2.3',
      host: 'headless',
      webhookBaseUrl: () => 'http://hooks',
      oauthRedirectUrl: () => 'http://hooks/oauth/callback',
    },
    stopping: new AbortController().signal,
  } as unknown as Services;
  const authentication = new Authentication({ apiKey: config.apiKey, sessionSecret: 'secret', clock });
  const server = createHttpServer({
    services,
    authentication,
    webhooks: options.webhooks ?? (() => Promise.resolve({ status: 200, headers: [], body: 'ok' })),
    resumeCalls: () => Promise.resolve({ status: 409, headers: [], body: null }),
    rendererDir: options.rendererDir ?? null,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
  });
  await server.listen();
  closers.push(() => server.close());
  const get: Started['get'] = (path, headers = {}, init = {}) =>
    fetch(server.url + path, { redirect: 'manual', ...init, headers });
  const signIn = async () => {
    const response = await get(`/?token=${authentication.startToken}`);
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  return { server, authentication, clock, get, signIn };
}

/** `fetch` refuses to set `Host`. */
function statusWithHost(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(
      { host: '127.0.0.1', port, path: '/api/v1/system', headers: { host, 'x-api-key': API_KEY } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    )
      .on('error', reject)
      .end();
  });
}

function rendererFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'guixuflow-renderer-'));
  closers.push(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>editor</title>');
  writeFileSync(join(dir, 'assets', 'app-1a2b.js'), 'export {}');
  return dir;
}

const SYSTEM = '/api/v1/system';

describe('signing in', () => {
  it('answers /healthz to everybody', async () => {
    const { get } = await start();
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  });

  it('exchanges the start token for a session and takes it out of the address', async () => {
    const { get, authentication, signIn } = await start();
    const response = await get(`/workflows/1?token=${authentication.startToken}&tab=runs`);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/workflows/1?tab=runs');
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
    expect((await get(SYSTEM, { cookie: await signIn() })).status).toBe(200);
  });

  it("refuses calls without a session or key, in the caller's language", async () => {
    const { get } = await start();
    const response = await get(SYSTEM, { 'accept-language': 'zh-CN' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: 'UNAUTHORIZED',
      message: expect.stringContaining('登录') as string,
      data: { code: 'UNAUTHORIZED', details: {} },
    });
  });

  it('refuses forged, foreign and expired sessions', async () => {
    const { get, signIn, clock, server } = await start();
    const cookie = await signIn();
    expect((await get(SYSTEM, { cookie: cookie.replace(/=\d/, '=9') })).status).toBe(401);
    expect((await get(SYSTEM, { cookie: `guixuflow_${server.port}=` })).status).toBe(401);
    await clock.advance(31 * 24 * 3_600_000);
    expect((await get(SYSTEM, { cookie })).status).toBe(401);
  });

  it('takes an API key as bearer or header and refuses a wrong one', async () => {
    const { get } = await start();
    expect((await get(SYSTEM, { authorization: `Bearer ${API_KEY}` })).status).toBe(200);
    expect((await get(SYSTEM, { 'x-api-key': API_KEY })).status).toBe(200);
    expect((await get(SYSTEM, { 'x-api-key': `${API_KEY}x` })).status).toBe(401);
  });

  it('refuses names that were pointed at this machine', async () => {
    const { server } = await start();
    expect(await statusWithHost(server.port, 'rebound.example.com')).toBe(403);
    expect(await statusWithHost(server.port, `localhost:${server.port}`)).toBe(200);
  });
});

describe('calls with a session', () => {
  const post = { method: 'POST', body: '{}' };
  const path = '/api/v1/none';
  const json = { 'content-type': 'application/json' };

  it.each(['null', 'http://evil.example', 'http://127.0.0.1:1'])(
    'are refused from pages of %s',
    async (origin) => {
      const { get, signIn } = await start();
      const cookie = await signIn();
      expect((await get(SYSTEM, { cookie, origin })).status).toBe(403);
      expect((await get(path, { ...json, cookie, origin }, post)).status).toBe(403);
    },
  );

  it('are refused when they change something and do not say where they come from', async () => {
    const { get, signIn, server } = await start();
    const cookie = await signIn();
    expect((await get(path, { ...json, cookie, 'sec-fetch-mode': 'cors' }, post)).status).toBe(403);
    expect((await get(path, { ...json, cookie, origin: server.url }, post)).status).toBe(404);
  });

  it('are refused from a page on another port of this machine', async () => {
    const { get, signIn } = await start();
    expect((await get(SYSTEM, { cookie: await signIn(), 'sec-fetch-site': 'same-site' })).status).toBe(403);
  });
});

describe('webhook routes', () => {
  it('hand over method, path, query and the bytes of the body', async () => {
    const calls: WebhookRequest[] = [];
    let body = '';
    const { get } = await start({
      webhooks: async (call) => {
        calls.push(call);
        for await (const chunk of call.body ?? []) body += String(chunk);
        return { status: 201, headers: [{ name: 'x-a', value: 'b' }], body: Buffer.from('done') };
      },
    });
    const response = await get(
      '/webhook-test/a%20b/c/?q=1&q=2',
      { 'content-type': 'application/json' },
      { method: 'POST', body: '{broken' },
    );
    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([201, 'b', 'done']);
    expect(calls[0]).toMatchObject({ test: true, method: 'POST', path: 'a b/c', queryText: 'q=1&q=2' });
    expect(body).toBe('{broken');
  });

  it('sandbox what they serve and keep cookies back', async () => {
    const headers = [
      { name: 'Set-Cookie', value: 'a=b' },
      { name: 'Content-Security-Policy', value: 'default-src *' },
      { name: 'Content-Type', value: 'text/html' },
    ];
    const { get } = await start({
      webhooks: () => Promise.resolve({ status: 200, headers, body: '<script></script>' }),
    });
    const response = await get('/webhook/page');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox /);
    expect(response.headers.get('content-security-policy')).not.toContain('allow-same-origin');
    expect(response.headers.get('content-type')).toBe('text/html');
  });

  it('refuse an address that cannot be decoded', async () => {
    const { get } = await start();
    expect(await (await get('/webhook/%E0%A4%A')).json()).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('answer an unexpected failure without saying what it was', async () => {
    const { get } = await start({ webhooks: () => Promise.reject(new Error('secret path /root')) });
    const response = await get('/webhook/x');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('the API over HTTP', () => {
  const key = { 'x-api-key': API_KEY };

  it('answers broken JSON with 400 and says so', async () => {
    const { get } = await start();
    const response = await get(
      '/api/v1/workflows',
      { ...key, 'content-type': 'application/json' },
      { method: 'POST', body: '{"a":' },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'JSON_INVALID', data: { code: 'JSON_INVALID' } });
  });

  it('names the field of an input that does not fit', async () => {
    const { get } = await start();
    const response = await get(
      '/api/v1/workflows',
      { ...key, 'content-type': 'application/json' },
      { method: 'POST', body: '{"document":{"nodes":[]}}' },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('document.name') as string,
    });
  });

  it('answers an unknown path with 404', async () => {
    const { get } = await start();
    expect(await (await get('/api/v1/nothing', key)).json()).toMatchObject({
      code: 'NOT_FOUND',
      data: { details: { path: '/api/v1/nothing' } },
    });
  });

  it('describes itself as OpenAPI 3.1', async () => {
    const { get } = await start();
    const document = (await (await get('/api/v1/openapi.json', key)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/workflows/{id}', '/executions', '/events']),
    );
  });

  it('serves binary data as a download that no browser runs', async () => {
    const { get } = await start();
    const response = await get('/blobs/abc?type=text/html&name=%E6%8A%A5%E8%A1%A8.html', key);
    expect(await response.text()).toBe('bytes');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E6%8A%A5%E8%A1%A8.html",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get('/blobs/none', key)).status).toBe(404);
    expect((await get('/blobs/abc')).status).toBe(401);
  });
});

describe('the renderer', () => {
  it('is served to a signed-in browser under every path, with a strict policy', async () => {
    const { get, signIn } = await start({ rendererDir: rendererFolder() });
    const cookie = await signIn();
    for (const path of ['/', '/workflows/1']) {
      const response = await get(path, { cookie });
      expect(await response.text()).toContain('<title>editor</title>');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    }
    const script = await get('/assets/app-1a2b.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await get('/assets/missing.js')).status).toBe(404);
    expect((await get('/..%2f..%2fetc/passwd.txt')).status).toBeGreaterThanOrEqual(400);
  });

  it('says how to sign in, and how to build when it is not built', async () => {
    const { get, signIn } = await start({ rendererDir: join(tmpdir(), 'no-such-folder') });
    const stranger = await get('/');
    expect([stranger.status, await stranger.text()]).toEqual([401, expect.stringContaining('start link')]);
    const owner = await get('/', { cookie: await signIn() });
    expect([owner.status, await owner.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

describe('listening', () => {
  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    closers.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({ code: 'PORT_IN_USE', facts: { port } });
  });

  it('refuses to leave loopback without a key', async () => {
    await expect(start({ host: '0.0.0.0', env: { GUIXU_API_KEY: '' } })).rejects.toMatchObject({
      code: 'HOST_NEEDS_AUTHENTICATION',
    });
  });
});
