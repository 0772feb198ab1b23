import { describe, expect, it } from 'vitest';
import { redis } from './redis.node.ts';
import type { RedisSettings } from './redis-parameters.ts';

// What talks to a server is tested against a real one: test/connectors/redis.test.ts.
describe('redis', () => {
  const effectOf = (settings: Partial<RedisSettings>) =>
    (redis.effect as (settings: unknown) => string)({ onlyIf: 'always', expiresSeconds: 0, ...settings });

  it.each([
    [{ operation: 'get' }, 'read'],
    [{ operation: 'keys' }, 'read'],
    [{ operation: 'set' }, 'keyed'],
    [{ operation: 'set', onlyIf: 'missing' }, 'unsafe'],
    [{ operation: 'set', expiresSeconds: 5 }, 'unsafe'],
    [{ operation: 'delete' }, 'keyed'],
    [{ operation: 'increment' }, 'unsafe'],
    [{ operation: 'list-push' }, 'unsafe'],
    [{ operation: 'command' }, 'unsafe'],
  ] as const)('%o: %s', (settings, effect) => {
    expect(effectOf(settings)).toBe(effect);
  });
});
