import { describe, expect, it } from 'vitest';
import { mysql } from './mysql.node.ts';

// What talks to a server is tested against a real one: test/connectors/mysql.test.ts.
describe('mysql', () => {
  it.each([
    ['# what for\nselect 1', 'read'],
    ['describe orders', 'read'],
    ['call refresh()', 'unsafe'],
    ['replace into t values (1)', 'unsafe'],
  ])('%s: %s', (query, effect) => {
    expect((mysql.effect as (settings: unknown) => string)({ operation: 'execute', query })).toBe(effect);
  });
});
