import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../http/test-server.ts';
import { items, runNode, type RunNodeOptions } from '../../../node-kit/test-harness.ts';
import { graphql } from './graphql.node.ts';
import { isMutation } from './is-mutation.ts';

let server: TestServer;
afterEach(() => server.close());

async function run(answer: unknown, parameters: Record<string, unknown>, more: RunNodeOptions = {}) {
  const seen: Array<Record<string, unknown>> = [];
  server = await startTestServer((request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: request.body.toString() });
    response.end(JSON.stringify(answer));
  });
  const { ports } = await runNode(graphql, {
    parameters: { endpoint: `${server.base}/graphql`, query: '{ me { name } }', ...parameters },
    items: items({}),
    http: server.http,
    ...more,
  });
  return { json: ports[0]?.[0]?.json, request: seen[0] };
}

describe('graphql', () => {
  it('sends a query with variables and gives the answer', async () => {
    const { json, request } = await run(
      { data: { me: { name: 'Ann' } } },
      { variables: { id: 1 }, operationName: 'Me', authentication: 'credential' },
      { credentials: { auth: { type: 'bearer-auth', data: { token: 'T' } } } },
    );
    expect(json).toEqual({ data: { me: { name: 'Ann' } } });
    expect(request).toMatchObject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: 'Bearer T', 'content-type': 'application/json' },
      body: '{"query":"{ me { name } }","variables":{"id":1},"operationName":"Me"}',
    });
  });

  it('sends it in the address or as plain text, and gives text', async () => {
    const { json, request } = await run({ data: 1 }, { method: 'GET', response: 'text', outputField: 'out' });
    expect(json).toEqual({ out: '{"data":1}' });
    expect(request?.['url']).toBe('/graphql?query=%7B+me+%7B+name+%7D+%7D');
    await server.close();
    const plain = await run({ data: 1 }, { bodyFormat: 'graphql' });
    expect(plain.request).toMatchObject({
      body: '{ me { name } }',
      headers: { 'content-type': 'application/graphql' },
    });
  });

  it('fails with the messages of the server', async () => {
    const failing = run({ data: null, errors: [{ message: 'no such field' }, { message: 'too deep' }] }, {});
    await expect(failing).rejects.toMatchObject({
      code: 'GRAPHQL_FAILED',
      facts: { reason: 'no such field; too deep' },
    });
  });

  it.each([
    ['mutation { add }', true],
    ['query A { a } mutation B($x: Int) { b(x: $x) }', true],
    ['{ find(text: "mutation { a }") } # mutation {', false],
    ['query { mutationCount }', false],
  ])('tells that %s changes something: %s', (query, expected) => {
    expect(isMutation(query)).toBe(expected);
  });
});
