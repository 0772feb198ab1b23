import { describe, expect, it } from 'vitest';
import { mapped } from './test-mapped.ts';

describe('the MongoDB node of n8n', () => {
  it('finds with expressions that stand for values', () => {
    expect(
      mapped('mongoDb', 1.2, {
        collection: 'people',
        query: '={ "email": "{{ $json.email }}", "age": { "$gt": 3 } }',
        options: { limit: 5, sort: '{ "age": -1 }' },
      }),
    ).toEqual({
      type: 'mongodb',
      parameters: {
        operation: 'find',
        collection: 'people',
        filter: '{"email":"={{ $json.email }}","age":{"$gt":3}}',
        sort: '{ "age": -1 }',
        projection: '{}',
        skip: 0,
        limit: 5,
      },
      findings: [],
    });
  });

  it('says what is no JSON without its expressions, and what is not taken over', () => {
    const loose = mapped('mongoDb', 1, { operation: 'delete', query: '={ "n": {{ $json.n }} }' });
    expect(loose.parameters).toMatchObject({
      operation: 'delete',
      many: true,
      filter: '={ "n": {{ $json.n }} }',
    });
    expect(loose.findings).toEqual([['PARAMETER_UNSUPPORTED', 'query']]);
    expect(mapped('mongoDb', 1.2, { query: '{"a":"$1"}', queryParameters: '=[1]' }).findings).toEqual([
      ['PARAMETER_UNSUPPORTED', 'queryParameters'],
    ]);
  });

  it('writes the named fields of items', () => {
    expect(
      mapped('mongoDb', 1, {
        ...{ operation: 'insert', collection: 'c', fields: 'a, at', options: { dateFields: 'at' } },
      }).parameters,
    ).toEqual({
      operation: 'insert',
      collection: 'c',
      document: '{"a":"={{ $json[\\"a\\"] ?? null }}","at":{"$date":"={{ $json[\\"at\\"] ?? null }}"}}',
    });
    expect(
      mapped('mongoDb', 1, {
        operation: 'update',
        collection: 'c',
        updateKey: '_id',
        fields: '_id,a',
        upsert: true,
      }).parameters,
    ).toEqual({
      operation: 'update',
      collection: 'c',
      filter: '{"_id":{"$oid":"={{ $json[\\"_id\\"] ?? null }}"}}',
      update: '{"$set":{"a":"={{ $json[\\"a\\"] ?? null }}"}}',
      upsert: true,
    });
  });

  it('leaves a placeholder for search indexes', () => {
    expect(mapped('mongoDb', 1.2, { resource: 'searchIndexes', operation: 'listSearchIndexes' }).type).toBe(
      'placeholder',
    );
  });
});
