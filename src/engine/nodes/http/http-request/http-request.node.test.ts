import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { items, memoryBinaryStore, runNode, type RunNodeOptions } from '../../../node-kit/test-harness.ts';
import { startTestServer, type TestHandler } from '../../../http/test-server.ts';
import { createBatchGate } from './batch-gate.ts';
import { httpRequest } from './http-request.node.ts';

const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A server on loopback and a function that runs the node against it. */
async function rig(handler: TestHandler) {
  const { base, http, close } = await startTestServer(handler);
  opened.push(close);
  const run = (parameters: RunNodeOptions['parameters'], options: RunNodeOptions = {}) =>
    runNode(httpRequest, { parameters, items: items({}), http, ...options });
  return { base, run };
}

const reply = (response: ServerResponse, value: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};
const echo: TestHandler = (request, response) =>
  reply(response, {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body.toString(),
  });

describe('http-request', () => {
  it('sends query, headers and each kind of body', async () => {
    const { base, run } = await rig(echo);
    const send = async (parameters: Record<string, unknown>) =>
      (await run({ url: `${base}/p?x=1`, ...parameters })).ports[0]?.[0]?.json;
    expect(
      await send({ query: [{ name: 'q', value: 'a b' }], headers: [{ name: 'X-H', value: 'h' }] }),
    ).toMatchObject({
      method: 'GET',
      url: '/p?x=1&q=a+b',
      headers: { 'x-h': 'h' },
      body: '',
    });
    expect(await send({ method: 'POST', body: 'json', json: '{"a":1}' })).toMatchObject({
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(
      await send({ method: 'PUT', body: 'form', formFields: [{ name: 'a', value: '1&2' }] }),
    ).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1%262',
    });
    expect(
      await send({ method: 'PATCH', body: 'text', text: '<a/>', contentType: 'application/xml' }),
    ).toMatchObject({
      headers: { 'content-type': 'application/xml' },
      body: '<a/>',
    });
  });

  it('sends binary fields, alone and in forms', async () => {
    const { base, run } = await rig(echo);
    const binary = memoryBinaryStore();
    const data = await binary.write(Buffer.from('content'), { mimeType: 'image/png', fileName: 'a.png' });
    const input = { items: [{ json: {}, binary: { data } }], binary };
    const alone = await run({ url: base, method: 'POST', body: 'binary' }, input);
    expect(alone.ports[0]?.[0]?.json).toMatchObject({
      headers: { 'content-type': 'image/png' },
      body: 'content',
    });
    const form = await run(
      {
        url: base,
        method: 'POST',
        body: 'multipart',
        parts: [
          { name: 't', value: 'v' },
          { name: 'f', kind: 'binary' },
        ],
      },
      input,
    );
    const { body } = form.ports[0]![0]!.json as { body: string };
    expect(body).toMatch(/name="t"\r\n\r\nv\r\n/);
    expect(body).toMatch(/name="f"; filename="a.png"\r\nContent-Type: image\/png\r\n\r\ncontent\r\n/);
    await expect(
      run({ url: base, method: 'POST', body: 'binary', binaryField: 'no' }, input),
    ).rejects.toMatchObject({
      code: 'BINARY_MISSING',
      facts: { field: 'no', available: ['data'] },
    });
  });

  it('takes query, headers and form fields from JSON, and writes lists in three ways', async () => {
    const { base, run } = await rig(echo);
    const send = async (arrayFormat: string) => {
      const { ports } = await run({
        ...{
          url: base,
          method: 'POST',
          queryFrom: 'json',
          headersFrom: 'json',
          body: 'form',
          formFrom: 'json',
        },
        queryJson: { a: [1, 2], b: { c: 'x' }, d: null },
        headersJson: '{ "X-H": 5 }',
        formJson: { f: ['y'] },
        options: { arrayFormat },
      });
      return ports[0]![0]!.json as { url: string; body: string; headers: Record<string, string> };
    };
    const repeated = await send('repeat');
    expect(repeated).toMatchObject({ url: '/?a=1&a=2&b%5Bc%5D=x&d=', body: 'f=y', headers: { 'x-h': '5' } });
    expect(decodeURIComponent((await send('brackets')).url)).toBe('/?a[]=1&a[]=2&b[c]=x&d=');
    expect(decodeURIComponent((await send('indices')).url)).toBe('/?a[0]=1&a[1]=2&b[c]=x&d=');
    await expect(run({ url: base, queryFrom: 'json', queryJson: '[1]' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'queryJson' },
    });
  });

  it('authenticates with the credential', async () => {
    const { base, run } = await rig(echo);
    const send = async (type: string, data: Record<string, string>) => {
      const { ports } = await run(
        { url: base, authentication: 'credential' },
        { credentials: { auth: { type, data } } },
      );
      return ports[0]![0]!.json.headers;
    };
    expect(await send('basic-auth', { user: 'u', password: 'p' })).toMatchObject({
      authorization: 'Basic dTpw',
    });
    expect(await send('bearer-auth', { token: 't' })).toMatchObject({ authorization: 'Bearer t' });
    expect(await send('header-auth', { name: 'X-Key', value: 'k' })).toMatchObject({ 'x-key': 'k' });
  });

  it('reads JSON, text and files, and splits lists', async () => {
    const { base, run } = await rig((request, response) => {
      if (request.url === '/list') return reply(response, [{ a: 1 }, 2]);
      if (request.url === '/empty') return void response.writeHead(204).end();
      const isFile = request.url === '/dir/report.bin';
      response.writeHead(200, {
        'content-type': isFile ? 'application/octet-stream' : 'text/plain; charset=utf-8',
      });
      response.end('{"plain": true}');
    });
    const read = async (path: string, parameters: Record<string, unknown> = {}) =>
      (await run({ url: base + path, ...parameters })).ports[0];
    expect(await read('/list')).toEqual([
      { json: { a: 1 }, pairedItem: { item: 0 } },
      { json: { data: 2 }, pairedItem: { item: 0 } },
    ]);
    expect(await read('/empty')).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
    expect(await read('/text')).toMatchObject([{ json: { data: '{"plain": true}' } }]);
    expect(await read('/text', { response: 'json' })).toMatchObject([{ json: { plain: true } }]);
    expect(await read('/dir/report.bin')).toMatchObject([
      {
        json: {},
        binary: { data: { fileName: 'report.bin', mimeType: 'application/octet-stream', size: 15 } },
      },
    ]);
    expect(await read('/text', { response: 'file', outputField: 'f' })).toMatchObject([
      { binary: { f: { mimeType: 'text/plain' } } },
    ]);
    expect(await read('/list', { options: { fullResponse: true } })).toMatchObject([
      {
        json: {
          statusCode: 200,
          statusMessage: 'OK',
          headers: { 'content-type': 'application/json' },
          body: [{ a: 1 }, 2],
        },
      },
    ]);
  });

  it('keeps text of a full response under a name of its own, and files of the input', async () => {
    const { base, run } = await rig((_request, response) => void response.end('hello'));
    const options = { fullResponse: true, textField: 'data' };
    expect((await run({ url: base, response: 'text', options })).ports[0]).toMatchObject([
      { json: { statusCode: 200, data: 'hello' } },
    ]);
    const binary = memoryBinaryStore();
    const mine = await binary.write(Buffer.from('mine'), { mimeType: 'text/plain' });
    const input = { items: [{ json: {}, binary: { mine } }], binary };
    const names = async (keepFiles: boolean) => {
      const { ports } = await run({ url: base, response: 'file', options: { keepFiles } }, input);
      return Object.keys(ports[0]?.[0]?.binary ?? {});
    };
    expect(await names(true)).toEqual(['mine', 'data']);
    expect(await names(false)).toEqual(['data']);
  });

  it('fails at bad statuses with what was answered, or gives it when told never to fail', async () => {
    const { base, run } = await rig((_request, response) => reply(response, { error: 'no such thing' }, 404));
    await expect(run({ url: `${base}/x?api_key=secret` })).rejects.toMatchObject({
      code: 'HTTP_STATUS',
      facts: {
        status: 404,
        url: `${base}/x?api_key=***`,
        itemIndex: 0,
        description: '{"error":"no such thing"}',
      },
    });
    const { ports } = await run({ url: base, options: { neverFail: true } });
    expect(ports[0]).toMatchObject([{ json: { error: 'no such thing' } }]);
    const routed = await run({ url: base }, { onError: 'error-output', items: items({ a: 1 }) });
    expect(routed.ports[0]).toEqual([]);
    expect(routed.ports[1]).toMatchObject([{ json: { a: 1 }, pairedItem: { item: 0 } }]);
  });

  it('says what is wrong with an answer or an address', async () => {
    const { base, run } = await rig((_request, response) => void response.end('<html>'));
    await expect(run({ url: base, response: 'json' })).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
      facts: { description: '<html>' },
    });
    await expect(run({ url: 'http://a b' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'url' },
    });
    await expect(run({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'HTTP_REQUEST_FAILED' });
  });

  it('follows pages by next address, page number and offset', async () => {
    const asked: string[] = [];
    const { base, run } = await rig((request, response) => {
      asked.push(request.url ?? '');
      const url = new URL(request.url ?? '', 'http://x');
      if (url.pathname === '/next') {
        const at = Number(url.searchParams.get('c') ?? 0);
        return reply(response, { data: [{ n: at }], paging: { next: at < 2 ? `/next?c=${at + 1}` : null } });
      }
      if (url.pathname === '/page') {
        const page = Number(url.searchParams.get('page'));
        return reply(response, page <= 2 ? [{ n: page }] : []);
      }
      const offset = Number(url.searchParams.get('offset'));
      const limit = Number(url.searchParams.get('limit'));
      return reply(
        response,
        [0, 1, 2, 3, 4].slice(offset, offset + limit).map((n) => ({ n })),
      );
    });
    const next = await run({
      url: `${base}/next`,
      pagination: 'next-url',
      nextUrlField: 'paging.next',
      itemsField: 'data',
    });
    expect(next.ports[0]?.map(({ json }) => json.data)).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }]]);
    const pages = await run({ url: `${base}/page`, pagination: 'page-number' });
    expect(pages.ports[0]?.map(({ json }) => json.n)).toEqual([1, 2]);
    asked.length = 0;
    const offsets = await run({ url: `${base}/offset`, pagination: 'offset', pageSize: 2 });
    expect(offsets.ports[0]?.map(({ json }) => json.n)).toEqual([0, 1, 2, 3, 4]);
    expect(asked).toEqual([
      '/offset?offset=0&limit=2',
      '/offset?offset=2&limit=2',
      '/offset?offset=4&limit=2',
    ]);
    const capped = await run({ url: `${base}/offset`, pagination: 'offset', pageSize: 1, maxPages: 3 });
    expect(capped.ports[0]).toHaveLength(3);
  });

  it('works on ten items at a time and keeps their order', async () => {
    let open = 0;
    let most = 0;
    const held: Array<() => void> = [];
    const { base, run } = await rig((request, response) => {
      most = Math.max(most, ++open);
      held.push(() => {
        open--;
        reply(response, { url: request.url });
      });
      // Answers go out in reverse, once a full set of requests waits.
      if (held.length === 10) for (const answer of held.splice(0).reverse()) answer();
    });
    const { ports } = await run((index) => ({ url: `${base}/${index}` }), {
      items: items(...Array.from({ length: 20 }, () => ({}))),
    });
    expect(most).toBe(10);
    expect(ports[0]?.map(({ json }) => json.url)).toEqual(
      Array.from({ length: 20 }, (_, index) => `/${index}`),
    );
    expect(ports[0]?.[7]?.pairedItem).toEqual({ item: 7 });
  });

  it('tells what a repeat of it would do', () => {
    const effect = httpRequest.effect as (parameters: unknown) => string;
    const none = { headers: [], headersJson: {} };
    expect(effect({ ...none, method: 'GET' })).toBe('read');
    expect(effect({ ...none, method: 'POST' })).toBe('unsafe');
    expect(effect({ ...none, method: 'POST', headers: [{ name: 'idempotency-key' }] })).toBe('keyed');
    expect(effect({ ...none, method: 'POST', headersJson: { 'Idempotency-Key': 1 } })).toBe('keyed');
  });
});

describe('createBatchGate', () => {
  it('lets each batch go one interval after the one before', async () => {
    const slept: number[] = [];
    const mayGo = createBatchGate({
      size: 2,
      intervalMs: 100,
      now: () => 1000,
      sleep: (ms) => Promise.resolve(slept.push(ms)),
    });
    for (let index = 0; index < 5; index++) await mayGo(index);
    expect(slept).toEqual([100, 100, 200]);
  });
});
