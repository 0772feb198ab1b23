import { NodeError, safeUrl, type HttpRequest } from '../../../node-kit/index.ts';

interface GraphqlSettings {
  endpoint: string;
  method: 'GET' | 'POST';
  query: string;
  variables: unknown;
  operationName: string;
  headers: ReadonlyArray<{ name: string; value: string }>;
  bodyFormat: 'json' | 'graphql';
}

type GraphqlRequest = Pick<HttpRequest, 'method' | 'url' | 'body'> & { headers: Array<[string, string]> };

/** The request of a query, as the GraphQL over HTTP specification has it. Throws NodeError PARAMETER_INVALID. */
export function buildGraphqlRequest(settings: GraphqlSettings): GraphqlRequest {
  const { method, query, variables, operationName, bodyFormat } = settings;
  const url = readAddress(settings.endpoint.trim());
  const headers = settings.headers.map(({ name, value }): [string, string] => [name.trim(), value]);
  const add = (name: string, value: string) => {
    if (!headers.some(([given]) => given.toLowerCase() === name.toLowerCase())) headers.push([name, value]);
  };
  add('Accept', 'application/graphql-response+json, application/json;q=0.9');
  if (method === 'GET') {
    url.searchParams.set('query', query);
    return { method, url: url.href, headers };
  }
  if (bodyFormat === 'graphql') {
    add('Content-Type', 'application/graphql');
    return { method, url: url.href, headers, body: query };
  }
  add('Content-Type', 'application/json');
  const body = { query, variables: variables ?? {}, ...(operationName !== '' && { operationName }) };
  return { method, url: url.href, headers, body: JSON.stringify(body) };
}

function readAddress(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new NodeError('PARAMETER_INVALID', {
    field: 'endpoint',
    reason: `"${safeUrl(text)}" is not an address such as https://example.com/graphql`,
  });
}
