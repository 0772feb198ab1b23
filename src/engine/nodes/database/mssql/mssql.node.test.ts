import { describe, expect, it } from 'vitest';
import { mssql } from './mssql.node.ts';

// What talks to a server is tested against one that speaks its protocol: test/connectors/mssql.test.ts.
describe('mssql', () => {
  it.each([
    ["-- insert\nselect 'delete', [update] from t", 'read'],
    ['select top (1) * from t', 'read'],
    ['select 1 delete from t', 'unsafe'],
    ['select * into copies from t', 'unsafe'],
    ["select 'it''s' exec work", 'unsafe'],
    ['exec work', 'unsafe'],
  ])('%s: %s', (query, effect) => {
    expect((mssql.effect as (settings: unknown) => string)({ operation: 'execute', query })).toBe(effect);
  });
});
