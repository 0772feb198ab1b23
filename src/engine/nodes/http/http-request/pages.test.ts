import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { resolveDeferred } from '../../../execution/resolve-deferred.ts';
import { fakeScope } from '../../../expression/fake-scope.ts';
import { createExpressionEngine } from '../../../expression/index.ts';
import { startTestServer, type TestHandler } from '../../../http/test-server.ts';
import { items, runNode, type RunNodeOptions } from '../../../node-kit/test-harness.ts';
import { createSandbox } from '../../../sandbox/index.ts';
import { httpRequest } from './http-request.node.ts';

const sandbox = createSandbox();
const engine = createExpressionEngine({ sandbox });
afterAll(() => sandbox.dispose());

const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const ENTRIES = [0, 1, 2, 3, 4].map((n) => ({ n }));

/** A server with five entries, and what it was asked. */
async function rig(handler?: TestHandler) {
  const asked: string[] = [];
  const { base, http, close } = await startTestServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.body.toString()}`.trim());
    if (handler) return handler(request, response);
    const url = new URL(request.url ?? '', base);
    const form = new URLSearchParams(request.body.toString());
    const skip = Number(url.searchParams.get('skip') ?? form.get('skip') ?? request.headers['x-skip'] ?? 0);
    const entries = ENTRIES.slice(skip, skip + 2);
    response.writeHead(entries.length === 0 ? 404 : 200, {
      'content-type': 'application/json',
      'next-url': `${base}/list?skip=${skip + 2}`,
    });
    response.end(JSON.stringify(entries));
  });
  opened.push(close);
  const signal = new AbortController().signal;
  const run = async (parameters: Record<string, unknown>, options: RunNodeOptions = {}) => {
    const { ports } = await runNode(httpRequest, {
      parameters: { url: `${base}/list`, ...parameters },
      items: items({}),
      http,
      resolve: (written, itemIndex, page) =>
        resolveDeferred(engine, { written, scope: fakeScope({ page }), itemIndex, signal }),
      ...options,
    });
    return ports[0]?.map(({ json }) => json);
  };
  return { base, run, asked };
}

const skipping = (place: string, name = 'skip') => ({
  pagination: 'changed-parameters',
  pageParameters: [{ place, name, value: '={{ $pageCount * 2 }}' }],
});

describe('pages by expression', () => {
  it('change a query parameter, a header or the body, until an answer is empty', async () => {
    const { run, asked } = await rig();
    const options = { neverFail: true };
    expect(await run({ ...skipping('query'), query: [{ name: 'q', value: 'x' }], options })).toEqual(ENTRIES);
    expect(asked.splice(0)).toEqual([
      'GET /list?q=x&skip=0',
      'GET /list?q=x&skip=2',
      'GET /list?q=x&skip=4',
      'GET /list?q=x&skip=6',
    ]);
    expect(await run({ ...skipping('headers', 'X-Skip'), options })).toEqual(ENTRIES);
    asked.length = 0;
    const form = { method: 'POST', body: 'form', formFields: [{ name: 'skip', value: '9' }] };
    expect(await run({ ...skipping('body'), ...form, maxPages: 2, options })).toEqual(ENTRIES.slice(0, 4));
    expect(asked).toEqual(['POST /list skip=0', 'POST /list skip=2']);
  });

  it('merge fields into a JSON body, and refuse other bodies', async () => {
    const { run, asked } = await rig();
    const json = { method: 'POST', body: 'json', json: { a: 1, skip: 9 } };
    await run({ ...skipping('body'), ...json, maxPages: 1 });
    expect(asked).toEqual(['POST /list {"a":1,"skip":0}']);
    await expect(run({ ...skipping('body'), method: 'POST', body: 'text' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'body' },
    });
  });

  it('follow an address of the answer, keeping the query it does not have', async () => {
    const { run, asked, base } = await rig();
    const next = { pagination: 'next-url-expression', nextUrl: '={{ $response.headers["next-url"] }}' };
    const query = [
      { name: 'skip', value: '0' },
      { name: 'q', value: 'x' },
    ];
    expect(await run({ ...next, query, endWhen: 'status', endStatuses: '410, 404' })).toEqual(ENTRIES);
    expect(asked).toEqual([
      'GET /list?skip=0&q=x',
      'GET /list?skip=2&q=x',
      'GET /list?skip=4&q=x',
      'GET /list?skip=6&q=x',
    ]);
    const ending = { ...next, nextUrl: `={{ $pageCount < 2 ? "${base}/list?skip=2" : "" }}` };
    expect(await run(ending)).toHaveLength(4);
  });

  it('end by an expression over the answer, which sees JSON also where items are text', async () => {
    const { run } = await rig();
    const endExpression = '={{ $response.body[0].n === 2 && $request.qs.skip === "2" }}';
    const by = { ...skipping('query'), response: 'text', endWhen: 'expression', endExpression };
    expect(await run(by)).toEqual([{ data: '[{"n":0},{"n":1}]' }, { data: '[{"n":2},{"n":3}]' }]);
  });

  it('fail at a bad status that is not the end', async () => {
    const { run } = await rig();
    const never = { endWhen: 'expression', endExpression: '={{ false }}' };
    await expect(run({ ...skipping('query'), ...never })).rejects.toMatchObject({
      code: 'HTTP_STATUS',
      facts: { status: 404, description: '[]' },
    });
  });

  it('fail when the same answer comes again and again', async () => {
    const { run, asked } = await rig();
    const pageParameters = [{ name: 'other', value: '={{ $pageCount }}' }];
    await expect(run({ pagination: 'changed-parameters', pageParameters })).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
      facts: { parameter: 'endWhen' },
    });
    expect(asked).toHaveLength(5);
  });

  it('keep secrets from other servers', async () => {
    const seen: unknown[] = [];
    const other = await rig((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.end('[]');
    });
    const { run, asked } = await rig();
    await run(
      {
        pagination: 'next-url-expression',
        nextUrl: `={{ $pageCount ? "${other.base}/away" : "" }}`,
        authentication: 'credential',
        headers: [{ name: 'Authorization', value: 'mine' }],
        maxPages: 2,
      },
      { credentials: { auth: { type: 'query-auth', data: { name: 'k', value: 'secret' } } } },
    );
    expect(asked).toEqual(['GET /list?k=secret']);
    expect(seen).toEqual([['/away', undefined]]);
  });

  it('say which parameter failed', async () => {
    const { run } = await rig();
    const pageParameters = [{ name: 'a', value: '={{ $("Nobody").first() }}' }];
    await expect(run({ pagination: 'changed-parameters', pageParameters })).rejects.toMatchObject({
      code: 'EXPRESSION_REFERENCE',
      facts: { parameter: 'pageParameters.0.value', itemIndex: 0 },
    });
  });
});
