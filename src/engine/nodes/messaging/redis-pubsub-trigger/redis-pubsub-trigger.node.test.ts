import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { redisPubsubTrigger } from './redis-pubsub-trigger.node.ts';

// What talks to a server is tested against a real one: test/connectors/redis.test.ts.
describe('redis-pubsub-trigger', () => {
  const server = { type: 'redis', data: { host: '127.0.0.1', port: '1', tls: 'off' } };

  it('wants a channel or a pattern', async () => {
    await expect(openListener(redisPubsubTrigger, { credentials: { server } })).rejects.toMatchObject({
      code: 'PARAMETER_REQUIRED',
      facts: { parameter: 'channels' },
    });
  });

  it('names the server that does not answer', async () => {
    const parameters = { patterns: [{ pattern: 'news.*' }] };
    await expect(
      openListener(redisPubsubTrigger, { parameters, credentials: { server } }),
    ).rejects.toMatchObject({ code: 'CONNECTION_REFUSED', facts: { at: '127.0.0.1:1' } });
  });
});
