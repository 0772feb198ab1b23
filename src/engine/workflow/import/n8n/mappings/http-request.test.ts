import { describe, expect, it } from 'vitest';
import { importN8n } from '../import-n8n.ts';

/** What an n8n HTTP Request becomes, with the findings about it. */
function mapped(typeVersion: number, parameters: Record<string, unknown>, credentials = {}) {
  const node = { name: 'Node', type: 'n8n-nodes-base.httpRequest', typeVersion, parameters, credentials };
  const { document, report } = importN8n({ nodes: [node] });
  const [first] = document.nodes;
  const findings = report.nodes[0]?.findings.map(({ code, parameter }) => [code, parameter]) ?? [];
  return { parameters: first?.parameters, credentials: first?.credentials, findings };
}

const paged = (pagination: Record<string, unknown>) =>
  mapped(4.2, { url: 'u', options: { pagination: { pagination } } });

describe('http request', () => {
  it('reads both ways to ask for pages, and when they end', () => {
    const parameters = { parameters: [{ type: 'body', name: 'skip', value: '={{ $pageCount * 3 }}' }] };
    expect(paged({ parameters, limitPagesFetched: true })).toMatchObject({
      parameters: {
        pagination: 'changed-parameters',
        pageParameters: [{ place: 'body', name: 'skip', value: '={{ $pageCount * 3 }}' }],
        endWhen: 'empty',
        maxPages: 100,
        pageIntervalMs: 0,
      },
      findings: [],
    });
    const next = {
      paginationMode: 'responseContainsNextURL',
      nextURL: '={{ $response.body.next }}',
      paginationCompleteWhen: 'receiveSpecificStatusCodes',
      statusCodesWhenComplete: '404,410',
      requestInterval: 500,
    };
    expect(paged(next)).toMatchObject({
      parameters: {
        pagination: 'next-url-expression',
        nextUrl: '={{ $response.body.next }}',
        endWhen: 'status',
        endStatuses: '404,410',
        maxPages: 100_000,
        pageIntervalMs: 500,
      },
      findings: [],
    });
    const completeExpression = '={{ $response.statusCode === 404 }}';
    expect(paged({ paginationCompleteWhen: 'other', completeExpression }).parameters).toMatchObject({
      endWhen: 'expression',
      endExpression: completeExpression,
    });
    expect(paged({ ...next, paginationMode: 'off' })).toEqual(mapped(4.2, { url: 'u' }));
  });

  it('keeps JSON of fields as rows where it can, and lists as lists', () => {
    const json = (jsonQuery: string) =>
      mapped(4.2, { url: 'u', sendQuery: true, specifyQuery: 'json', jsonQuery }).parameters;
    expect(json('{"a":1}')).toMatchObject({ query: [{ name: 'a', value: 1 }] });
    expect(json('{"a":[1,2]}')).toMatchObject({
      queryFrom: 'json',
      queryJson: { a: [1, 2] },
      options: { arrayFormat: 'brackets' },
    });
    expect(json('={{ $json.q }}')).toMatchObject({ queryFrom: 'json', queryJson: '={{ $json.q }}' });
    const rows = { parameters: [{ name: 'ids', value: '={{ $json.ids }}' }] };
    expect(
      mapped(4.2, {
        ...{ url: 'u', sendQuery: true, queryParameters: rows },
        options: { queryParameterArrays: 'indices', lowercaseHeaders: false },
      }),
    ).toMatchObject({
      parameters: {
        queryFrom: 'json',
        queryJson: { ids: '={{ $json.ids }}' },
        options: { arrayFormat: 'indices' },
      },
      findings: [],
    });
    expect(
      mapped(1, { url: 'u', jsonParameters: true, headerParametersJson: '={{ {a: 1} }}' }).parameters,
    ).toMatchObject({ headersFrom: 'json', headersJson: '={{ {a: 1} }}' });
  });

  it('reads bodies of all kinds', () => {
    const body = (version: number, parameters: Record<string, unknown>) =>
      mapped(version, { url: 'u', ...parameters }).parameters;
    const pairs = { parameters: [{ name: 'a.b', value: '={{ $json.x }}' }] };
    const since = { sendBody: true, bodyParameters: pairs };
    expect(body(4.2, since)).toMatchObject({ body: 'json', json: { a: { b: '={{ $json.x }}' } } });
    expect(body(3, since)).toMatchObject({ json: { 'a.b': '={{ $json.x }}' } });
    expect(body(4.2, { ...since, contentType: 'form-urlencoded' })).toMatchObject({
      body: 'form',
      formFields: [{ name: 'a.b', value: '={{ $json.x }}' }],
    });
    const raw = { contentType: 'raw', rawContentType: 'text/xml', body: '=<a/>' };
    expect(body(4.2, { sendBody: true, ...raw })).toMatchObject({
      body: 'text',
      text: '=<a/>',
      contentType: 'text/xml',
    });
    const files = {
      sendBinaryData: true,
      binaryPropertyName: 'pic:data, more',
      options: { bodyContentType: 'multipart-form-data' },
    };
    expect(body(1, files)).toMatchObject({
      body: 'multipart',
      parts: [
        { name: 'pic', kind: 'binary', binaryField: 'data' },
        { name: 'file', kind: 'binary', binaryField: 'more' },
      ],
    });
    const old = { jsonParameters: true, bodyParametersJson: '{"a":"b"}' };
    expect(body(2, { ...old, options: { bodyContentType: 'form-urlencoded' } })).toMatchObject({
      body: 'form',
      formFields: [{ name: 'a', value: 'b' }],
    });
    const custom = { bodyContentType: 'raw', bodyContentCustomMimeType: 'text/csv' };
    expect(body(2, { ...old, options: custom })).toMatchObject({ body: 'text', contentType: 'text/csv' });
  });

  it('keeps how answers are read and redirects followed', () => {
    const response = { response: { fullResponse: true, responseFormat: 'text', outputPropertyName: 'html' } };
    expect(
      mapped(4.2, { url: 'u', options: { response, redirect: { redirect: { maxRedirects: 3 } } } }),
    ).toMatchObject({
      parameters: {
        response: 'text',
        outputField: 'html',
        options: { fullResponse: true, textField: 'html', maxRedirects: 3 },
      },
      findings: [],
    });
    expect(mapped(3, { url: 'u' }).parameters).toMatchObject({ options: { followRedirects: false } });
    expect(mapped(1, { url: 'u' }).parameters).toMatchObject({ response: 'json' });
    expect(mapped(1, { url: 'u', responseFormat: 'file' }).parameters).toMatchObject({
      options: { keepFiles: true },
    });
  });

  it('keeps a place for every credential, and says which kinds have no counterpart', () => {
    const generic = (genericAuthType: string) => {
      const parameters = { url: 'u', authentication: 'genericCredentialType', genericAuthType };
      const { credentials, findings } = mapped(4.2, parameters, { [genericAuthType]: { name: 'Mine' } });
      return { credentials, codes: findings.map(([code]) => code) };
    };
    const known = [
      'httpQueryAuth',
      'httpDigestAuth',
      'httpCustomAuth',
      'httpBearerAuth',
      'oAuth1Api',
      'oAuth2Api',
    ];
    for (const type of known)
      expect(generic(type)).toEqual({ credentials: { auth: 'n8n:Mine' }, codes: ['CREDENTIAL_TO_CHOOSE'] });
    expect(generic('httpSomethingNew')).toEqual({
      credentials: { auth: 'n8n:Mine' },
      codes: ['CREDENTIAL_TYPE_UNSUPPORTED', 'CREDENTIAL_TO_CHOOSE'],
    });
    const predefined = { authentication: 'predefinedCredentialType', nodeCredentialType: 'notionApi' };
    expect(mapped(4.2, { url: 'u', ...predefined }, { notionApi: { name: 'N' } })).toMatchObject({
      parameters: { authentication: 'credential' },
      credentials: { auth: 'n8n:N' },
    });
    expect(mapped(4.2, { url: 'u', provideSslCertificates: true }).findings).toEqual([
      ['PARAMETER_UNSUPPORTED', 'provideSslCertificates'],
    ]);
  });
});
