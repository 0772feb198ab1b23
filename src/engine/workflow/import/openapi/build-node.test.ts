import { describe, expect, it } from 'vitest';
import type { OpenApiSummary, OpenApiValues } from '../../../../contract/index.ts';
import { buildRequest, readOperation } from './index.ts';
import { SHOP_20, SHOP_31 } from './samples.ts';

const build = async (
  [method, path]: [OpenApiSummary['method'], string],
  values: OpenApiValues,
  text = SHOP_31,
): Promise<Record<string, unknown>> => {
  const operation = await readOperation(text, { method, path });
  return buildRequest(operation, { server: operation.servers[0] ?? '', values });
};

describe('buildRequest', () => {
  it('writes each parameter in its style, and leaves out what is empty', async () => {
    const parameters = await build(['GET', '/orders'], {
      query: {
        status: ['open', 'paid'],
        ids: [{ '': 7 }, { '': '={{ $json.id }}' }, { '': undefined }],
        filter: { city: '北京' },
      },
      header: { 'X-Trace': '' },
      cookie: { session: '={{ $json.session }}' },
    });
    expect(parameters).toEqual({
      method: 'GET',
      url: 'https://eu.shop.example/v1/orders',
      authentication: 'credential',
      query: [
        { name: 'status', value: 'open' },
        { name: 'status', value: 'paid' },
        { name: 'ids', value: '=7,{{ $json.id }}' },
        { name: 'filter[city]', value: '北京' },
        { name: 'limit', value: '20' },
      ],
      headers: [{ name: 'Cookie', value: '=session={{ $json.session }}' }],
    });
  });

  it('encodes what goes into the path, now or when it is evaluated', async () => {
    const url = async (id: string) => (await build(['DELETE', '/orders/{id}'], { path: { id } }))['url'];
    expect(await url('a/b {{ x }}')).toBe('https://eu.shop.example/v1/orders/a%2Fb%20%7B%7B%20x%20%7D%7D');
    expect(await url('={{ $json.id }}')).toBe(
      '=https://eu.shop.example/v1/orders/{{ encodeURIComponent($json.id) }}',
    );
    expect(await url('=a-{{ $json.id }}')).toBe('=https://eu.shop.example/v1/orders/a-{{ $json.id }}');
    await expect(url('')).rejects.toMatchObject({ code: 'OPENAPI_VALUE_MISSING', facts: { field: 'id' } });
  });

  it('builds the body with its types', async () => {
    const given = {
      customer: '={{ $json.name }}',
      size: 'small',
      lines: [{ sku: 'tea' }, { sku: 'cup', count: 2 }],
      gift: false,
      tags: [{ '': 'a' }],
      address: { city: 'Xi’an' },
    };
    const parameters = await build(['POST', '/orders'], { body: given });
    expect(parameters).toMatchObject({
      body: 'json',
      json: {
        ...given,
        lines: [
          { sku: 'tea', count: 1 },
          { sku: 'cup', count: 2 },
        ],
        tags: ['a'],
      },
    });
    expect(parameters).not.toHaveProperty('headers');
    const missing = build(['POST', '/orders'], { body: { ...given, lines: [{ count: 3 }] } });
    await expect(missing).rejects.toMatchObject({
      code: 'OPENAPI_VALUE_MISSING',
      facts: { field: 'lines.0.sku' },
    });
  });

  it('builds forms with and without files', async () => {
    expect(await build(['POST', '/files'], { body: { note: 'x' } })).toEqual({
      method: 'POST',
      url: 'https://eu.shop.example/v1/files',
      body: 'multipart',
      parts: [
        { name: 'note', value: 'x', kind: 'text' },
        { name: 'file', kind: 'binary', binaryField: 'file' },
      ],
    });
    const form = await build(['POST', '/orders/{id}'], { path: { id: 3 }, body: { note: 'é' } }, SHOP_20);
    expect(form).toMatchObject({
      url: 'https://shop.example/v1/orders/3',
      body: 'form',
      formFields: [{ name: 'note', value: 'é' }],
    });
  });

  it.each([
    [
      'application/vnd.shop+json',
      { schema: { type: 'array', items: {} } },
      '[1, 2]',
      { body: 'json', json: [1, 2] },
    ],
    ['text/csv', {}, 'a,b', { body: 'text', text: 'a,b', contentType: 'text/csv' }],
    ['application/pdf', {}, undefined, { body: 'binary', binaryField: 'data' }],
  ])('builds a body of %s', async (type, media, body, expected) => {
    const text = JSON.stringify({
      ...{ openapi: '3.1.0', servers: [{ url: 'https://a.example' }] },
      paths: { '/x': { post: { requestBody: { content: { [type]: media } } } } },
    });
    const parameters = await build(['POST', '/x'], body === undefined ? {} : { body: { body } }, text);
    expect(parameters).toMatchObject(expected);
    if (!type.startsWith('text/'))
      expect(parameters['headers']).toEqual([{ name: 'Content-Type', value: type }]);
    if (type.includes('json'))
      await expect(build(['POST', '/x'], { body: { body: '[1' } }, text)).rejects.toMatchObject({
        code: 'OPENAPI_VALUE_INVALID',
        facts: { field: 'body' },
      });
  });

  it('takes a switch that must be set as off', async () => {
    const text = JSON.stringify({
      ...{ openapi: '3.1.0', servers: [{ url: 'https://a.example' }] },
      paths: {
        '/x': {
          get: { parameters: [{ name: 'all', in: 'query', required: true, schema: { type: 'boolean' } }] },
        },
      },
    });
    expect(await build(['GET', '/x'], {}, text)).toMatchObject({ query: [{ name: 'all', value: 'false' }] });
  });

  it('leaves out a body that nobody filled in and nobody asks for', async () => {
    const text = JSON.stringify({
      openapi: '3.1.0',
      servers: [{ url: 'https://a.example' }],
      paths: {
        '/x': {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { required: ['a'], properties: { a: { type: 'string' } } } },
              },
            },
          },
        },
      },
    });
    expect(await build(['POST', '/x'], {}, text)).toEqual({ method: 'POST', url: 'https://a.example/x' });
    await expect(build(['POST', '/x'], {}, text.replace('https://a.example', ''))).rejects.toMatchObject({
      facts: { field: 'URL' },
    });
  });
});
