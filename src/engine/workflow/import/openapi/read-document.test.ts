import { describe, expect, it } from 'vitest';
import { describeError } from '../../../../contract/index.ts';
import { isEngineError } from '../../../kernel/index.ts';
import { listOperations, readOperation } from './index.ts';
import { SHOP_20, SHOP_31 } from './samples.ts';

const failureOf = async (reading: Promise<unknown>) => {
  const error: unknown = await reading.catch((caught: unknown) => caught);
  if (!isEngineError(error)) throw error;
  return { code: error.code, ...error.facts };
};

describe('listOperations', () => {
  it('tells all operations in the order of the document', async () => {
    expect(await listOperations(SHOP_31)).toEqual({
      title: 'Tea shop 茶店',
      version: '1',
      operations: [
        { method: 'GET', path: '/orders', summary: 'List orders', tags: ['orders'], deprecated: false },
        {
          method: 'POST',
          path: '/orders',
          summary: 'createOrder',
          tags: ['orders', 'write'],
          deprecated: false,
        },
        { method: 'DELETE', path: '/orders/{id}', summary: '', tags: [], deprecated: true },
        { method: 'POST', path: '/files', summary: 'Upload', tags: [], deprecated: false },
      ],
    });
    expect((await listOperations(SHOP_20)).operations.map(({ method }) => method)).toEqual(['POST', 'PUT']);
    expect(await listOperations('{"openapi":"3.1.0","info":{"title":"Hooks"},"webhooks":{}}')).toMatchObject({
      operations: [],
    });
  });

  it.each([
    ['{"openapi": "3.0.0",\n "paths": {,}}', { code: 'OPENAPI_SYNTAX', line: 2 }],
    ['openapi: 3.0.0\npaths: "x\n', { code: 'OPENAPI_SYNTAX', line: 3 }],
    ['openapi: 3.0.0\npaths: *gone\n', { code: 'OPENAPI_SYNTAX' }],
    ['<html></html>', { code: 'OPENAPI_VERSION', found: '–' }],
    ['', { code: 'OPENAPI_VERSION', found: '–' }],
    ['{"openapi":"4.0.0","paths":{}}', { code: 'OPENAPI_VERSION', found: '4.0.0' }],
    ['swagger: 1.2\npaths: {}', { code: 'OPENAPI_VERSION', found: '1.2' }],
    [
      'openapi: 3.0.0\ninfo: {}\n',
      { code: 'OPENAPI_STRUCTURE', pointer: '/paths', line: 1, expected: 'object' },
    ],
    [
      'openapi: 3.0.0\npaths:\n  /a~b/c:\n    get: {}\n    post: 7\n',
      { code: 'OPENAPI_STRUCTURE', pointer: '/paths/~1a~0b~1c/post', line: 5, expected: 'object' },
    ],
    [
      '{"openapi":"3.0.0",\n"paths":{\n"/a":{"get":{"tags":\n"x"}}}}',
      { code: 'OPENAPI_STRUCTURE', pointer: '/paths/~1a/get/tags', line: 3, expected: 'array' },
    ],
    [
      'openapi: 3.0.0\npaths:\n  /a:\n    $ref: other.yaml#/a\n',
      { code: 'OPENAPI_REFERENCE', pointer: '/paths/~1a/$ref', line: 4, target: 'other.yaml#/a' },
    ],
  ])('says what is wrong and where: %j', async (text, expected) => {
    expect(await failureOf(listOperations(text))).toMatchObject(expected);
  });

  it('refuses what is too large, and aliases that grow beyond measure', async () => {
    const large = `openapi: 3.0.0\n#${'茶'.repeat(4 * 1024 ** 2)}\npaths: {}`;
    expect(await failureOf(listOperations(large))).toEqual({ code: 'OPENAPI_TOO_LARGE', limitMb: 10 });
    const levels = Array.from(
      { length: 12 },
      (_, at) => `x${at + 1}: &x${at + 1} [${`*x${at}, `.repeat(10)}]`,
    );
    const bomb = `openapi: 3.0.0\npaths: {}\nx0: &x0 [a]\n${levels.join('\n')}\n`;
    expect(await failureOf(listOperations(bomb))).toMatchObject({ code: 'OPENAPI_SYNTAX' });
  });

  it('says it in both languages', () => {
    const facts = { pointer: '/paths', line: 2, expected: 'object' };
    expect(describeError('OPENAPI_STRUCTURE', facts, 'en')).toContain('/paths (line 2)');
    expect(describeError('OPENAPI_STRUCTURE', facts, 'zh-CN')).toContain('/paths（第 2 行）');
  });
});

describe('readOperation', () => {
  it('tells the fields of parameters with types, limits and styles', async () => {
    const { servers, parameters, body, security } = await readOperation(SHOP_31, {
      method: 'GET',
      path: '/orders',
    });
    expect(servers).toEqual(['https://eu.shop.example/v1']);
    expect(body).toBeNull();
    expect(security).toEqual([[{ name: 'token', credentialType: 'bearer-auth' }]]);
    expect(parameters.map(({ place, style, field }) => [place, field.name, field.kind, style])).toEqual([
      ['query', 'status', 'multi-select', 'repeat'],
      ['query', 'ids', 'list', 'comma'],
      ['query', 'filter', 'collection', 'deep'],
      ['query', 'limit', 'number', 'plain'],
      ['header', 'X-Trace', 'string', 'plain'],
      ['cookie', 'session', 'string', 'plain'],
    ]);
    expect(parameters[3]).toMatchObject({
      field: { min: 1, max: 100, integer: true, default: 20 },
      texts: { label: 'limit', description: 'At most' },
    });
  });

  it('tells the fields of a body, of its own parts and of objects within', async () => {
    const { body } = await readOperation(SHOP_31, { method: 'POST', path: '/orders' });
    expect(body).toMatchObject({
      kind: 'json',
      contentType: 'application/json',
      required: true,
      whole: false,
    });
    expect(body?.fields.map(({ name, kind, required = false }) => [name, kind, required])).toEqual([
      ['customer', 'string', true],
      ['size', 'select', true],
      ['lines', 'list', true],
      ['gift', 'boolean', false],
      ['tags', 'list', false],
      ['address', 'collection', false],
      ['parent', 'collection', false],
    ]);
    expect(body?.fields[2]).toMatchObject({ fields: [{ name: 'sku' }, { name: 'count', default: 1 }] });
    expect(body?.texts['customer']).toEqual({ label: 'customer', description: 'Who buys' });
  });

  it('takes parameters of the path and ways to be let in', async () => {
    const read = await readOperation(SHOP_31, { method: 'DELETE', path: '/orders/{id}' });
    expect(read.parameters).toMatchObject([{ place: 'path', field: { name: 'id', required: true } }]);
    expect(read.security).toEqual([
      [{ name: 'key', credentialType: 'header-auth' }],
      [
        { name: 'user', credentialType: 'oauth2' },
        { name: 'token', credentialType: 'bearer-auth' },
      ],
    ]);
    const upload = await readOperation(SHOP_31, { method: 'POST', path: '/files' });
    expect(upload.security).toEqual([]);
    expect(upload.body).toMatchObject({ kind: 'multipart', files: ['file'], fields: [{ name: 'note' }] });
  });

  it('reads Swagger 2.0', async () => {
    const put = await readOperation(SHOP_20, { method: 'PUT', path: '/orders/{id}' });
    expect(put.servers).toEqual(['https://shop.example/v1']);
    expect(put.parameters.map(({ field, style }) => [field.name, field.kind, style])).toEqual([
      ['id', 'number', 'plain'],
      ['tags', 'list', 'comma'],
    ]);
    expect(put.body).toMatchObject({
      kind: 'json',
      required: true,
      fields: [{ name: 'size', kind: 'select', options: ['small', 'large'], default: 'small' }],
    });
    expect(put.security).toEqual([[{ name: 'login', credentialType: 'basic-auth' }]]);
    const post = await readOperation(SHOP_20, { method: 'POST', path: '/orders/{id}' });
    expect(post.body).toMatchObject({ kind: 'form', fields: [{ name: 'note', required: true }] });
    expect(post.security).toEqual([[{ name: 'inQuery', credentialType: 'query-auth' }]]);
  });

  it('reads OpenAPI 3.0, where null and limits are written in another way', async () => {
    const schema = { type: 'number', nullable: true, minimum: 2, exclusiveMinimum: true };
    const text = JSON.stringify({
      openapi: '3.0.3',
      paths: {
        '/a': { get: { parameters: [{ name: 'n', in: 'query', schema: { ...schema, type: 'integer' } }] } },
      },
    });
    const { parameters, servers } = await readOperation(text, {
      ...{ method: 'GET', path: '/a' },
      url: 'https://docs.example/api/openapi.json',
    });
    expect(parameters[0]?.field).toEqual({ name: 'n', kind: 'number', min: 3, integer: true });
    expect(servers).toEqual(['https://docs.example']);
  });

  it('makes rows of a list that a document begins with', async () => {
    const text = `openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters:\n        - { name: a, in: query, schema: { type: array, items: { type: string }, default: [x] } }\n`;
    const { parameters } = await readOperation(text, { method: 'GET', path: '/a' });
    expect(parameters[0]?.field.default).toEqual([{ '': 'x' }]);
  });

  it('says which reference leads nowhere, also in the words of Swagger 2.0', async () => {
    const broken = SHOP_31.replace("'#/components/schemas/Address' }", "'#/components/schemas/Adress' }");
    const line = broken.split('\n').findIndex((one) => one.includes('Adress')) + 1;
    expect(await failureOf(readOperation(broken, { method: 'POST', path: '/orders' }))).toEqual({
      code: 'OPENAPI_REFERENCE',
      target: '#/components/schemas/Adress',
      pointer: '/components/schemas/Order/allOf/1/properties/address/anyOf/0/$ref',
      line,
    });
    // The others do not suffer from it.
    expect((await readOperation(broken, { method: 'GET', path: '/orders' })).parameters).toHaveLength(6);
    const old = JSON.stringify(
      JSON.parse(SHOP_20.replace('#/definitions/Order', '#/definitions/Gone')),
      null,
      1,
    );
    expect(await failureOf(readOperation(old, { method: 'PUT', path: '/orders/{id}' }))).toMatchObject({
      code: 'OPENAPI_REFERENCE',
      pointer: '/parameters/Order/schema/$ref',
      line: old.split('\n').findIndex((one) => one.includes('Gone')) + 1,
    });
    expect(await failureOf(readOperation(SHOP_31, { method: 'PUT', path: '/orders' }))).toEqual({
      code: 'OPENAPI_OPERATION_MISSING',
      method: 'PUT',
      path: '/orders',
    });
  });

  it('stands references in a circle, and parameters without a name', async () => {
    const circle = `openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters:\n        - $ref: '#/x'\nx: { $ref: '#/x' }\n`;
    expect(await failureOf(readOperation(circle, { method: 'GET', path: '/a' }))).toMatchObject({
      code: 'OPENAPI_REFERENCE',
      target: '#/x',
    });
    const nameless = `openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters:\n        - in: query\n`;
    expect(await failureOf(readOperation(nameless, { method: 'GET', path: '/a' }))).toEqual({
      ...{ code: 'OPENAPI_STRUCTURE', pointer: '/paths/~1a/get/parameters/0/name', expected: 'string' },
      line: 6,
    });
  });

  it('lets no text of a document become an expression', async () => {
    const text = `openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters:\n        - { name: a, in: query, schema: { type: string, default: '={{ 1 }}' } }\n        - { name: b, in: query, schema: { type: string, enum: ['=', '<'] } }\n`;
    const { parameters } = await readOperation(text, { method: 'GET', path: '/a' });
    expect(parameters.map(({ field }) => [field.kind, field.default])).toEqual([
      ['string', '={{ "={{ 1 }}" }}'],
      ['string', undefined],
    ]);
    expect(parameters[1]?.texts.description).toBe('"=", "<"');
  });
});
