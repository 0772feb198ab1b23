import { describe, expect, it } from 'vitest';
import type { SqlSettings } from '../../sql/index.ts';
import { postgres } from './postgres.node.ts';

// What talks to a server is tested against a real one: test/connectors/postgres.test.ts.
describe('postgres', () => {
  const effectOf = (settings: Partial<SqlSettings>) =>
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
