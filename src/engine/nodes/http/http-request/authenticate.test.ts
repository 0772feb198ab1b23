import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestHandler } from '../../../http/test-server.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { httpRequest } from './http-request.node.ts';

const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function rig(handler: TestHandler, type: string, data: Record<string, string>) {
  const { base, http, close } = await startTestServer(handler);
  opened.push(close);
  const run = (parameters: Record<string, unknown> = {}, count = 1) =>
    runNode(httpRequest, {
      parameters: { url: `${base}/a?x=1`, authentication: 'credential', ...parameters },
      items: items(...Array.from({ length: count }, () => ({}))),
      credentials: { auth: { type, data } },
      http,
    });
  return { run };
}

const echo: TestHandler = ({ url, headers, body }, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ url, key: headers['x-key'], body: body.toString() }));
};

describe('authenticate', () => {
  it('puts a secret into the query, and shows it in no message', async () => {
    const { run } = await rig(echo, 'query-auth', { name: 'appid', value: 's3cret' });
    expect((await run()).ports[0]?.[0]?.json).toMatchObject({ url: '/a?x=1&appid=s3cret' });
    const failing = await rig((_request, response) => void response.writeHead(500).end(), 'query-auth', {
      name: 'appid',
      value: 's3cret',
    });
    const error = (await failing.run().catch((caught: unknown) => caught)) as { facts: { url: string } };
    expect(error.facts.url).toMatch(/\?x=1&appid=\*\*\*$/);
    await expect(failing.run({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      facts: { url: 'http://127.0.0.1:1/?appid=***' },
    });
  });

  it('puts several fields where they belong', async () => {
    const json = '{ "headers": { "X-Key": "k" }, "qs": { "q": 1 }, "body": { "token": "t" } }';
    const { run } = await rig(echo, 'custom-auth', { json });
    const { ports } = await run({ method: 'POST', body: 'json', json: { a: 1 } });
    expect(ports[0]?.[0]?.json).toEqual({ url: '/a?x=1&q=1', key: 'k', body: '{"a":1,"token":"t"}' });
    const broken = await rig(echo, 'custom-auth', { json: '{ s3cret' });
    await expect(broken.run()).rejects.toMatchObject({
      code: 'CREDENTIAL_INVALID',
      facts: { reason: 'its JSON cannot be read' },
    });
  });

  const hash = (algorithm: string, ...parts: string[]) =>
    createHash(algorithm).update(parts.join(':')).digest('hex');

  it.each([
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
  ])('answers a challenge for %s, and asks for one only once', async (algorithm, name) => {
    const seen: string[] = [];
    const handler: TestHandler = ({ headers, method = '' }, response) => {
      const given = headers.authorization ?? '';
      const field = (key: string) => new RegExp(`\\b${key}="?([^",]+)`).exec(given)?.[1] ?? '';
      const login = hash(name, 'Mufasa', 'a, realm', 'Circle of Life');
      const wanted = hash(
        name,
        ...[login, 'n0nce', field('nc'), field('cnonce'), 'auth', hash(name, method, '/a?x=1')],
      );
      const isIn = field('response') === wanted;
      seen.push(given === '' ? 'nothing' : `${isIn} ${field('nc')}`);
      response.writeHead(isIn ? 200 : 401, {
        'content-type': 'application/json',
        'www-authenticate': [
          'Basic realm="b"',
          `Digest realm="a, realm", qop="auth,auth-int", algorithm=${algorithm}, nonce="n0nce", opaque="o"`,
        ],
      });
      response.end('{}');
    };
    const data = { user: 'Mufasa', password: 'Circle of Life' };
    const { run } = await rig(handler, 'digest-auth', data);
    await run({ method: 'POST', body: 'text', text: 'x', options: { concurrency: 1 } }, 2);
    expect(seen.splice(0)).toEqual(['nothing', 'true 00000001', 'true 00000002']);
    const wrong = await rig(handler, 'digest-auth', { ...data, password: 'no' });
    await expect(wrong.run()).rejects.toMatchObject({ code: 'HTTP_STATUS', facts: { status: 401 } });
    expect(seen).toEqual(['nothing', 'false 00000001']);
  });
});
