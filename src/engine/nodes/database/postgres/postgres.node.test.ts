import { describe, expect, it } from 'vitest';
import { postgres } from './postgres.node.ts';
import type { PostgresSettings } from './postgres-parameters.ts';
import { toColumn } from './table-columns.ts';

// What talks to a server is tested against a real one: test/connectors/postgres.test.ts.
describe('postgres', () => {
  const effectOf = (settings: Partial<PostgresSettings>) =>
    (postgres.effect as (settings: unknown) => string)({ operation: 'execute', query: '', ...settings });

  it.each([
    ['select 1', 'read'],
    ['-- what for\n /* and why */ SELECT 1', 'read'],
    ['=show tables', 'read'],
    ['with x as (delete from t returning *) select * from x', 'unsafe'],
    ['update t set a = 1', 'unsafe'],
  ])('%s: %s', (query, effect) => {
    expect(effectOf({ query })).toBe(effect);
  });

  it('only looks with "select", and writes with the others', () => {
    expect(effectOf({ operation: 'select' })).toBe('read');
    for (const operation of ['insert', 'upsert', 'update', 'delete'] as const)
      expect(effectOf({ operation })).toBe('unsafe');
  });
});

describe('toColumn', () => {
  it('writes JSON as JSON, lists as arrays where the column is one, and else as text', () => {
    expect(toColumn({ a: 1 }, 'json')).toBe('{"a":1}');
    expect(toColumn('{"a":1}', 'json')).toBe('{"a":1}');
    expect(toColumn('plain', 'json')).toBe('"plain"');
    expect(toColumn([1, 2], 'array')).toEqual([1, 2]);
    expect(toColumn([1, 2], 'other')).toBe('[1,2]');
    expect(toColumn(undefined, 'other')).toBeNull();
  });
});
