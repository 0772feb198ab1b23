import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { redisStreamTrigger } from './redis-stream-trigger.node.ts';

// What talks to a server is tested against a real one: test/connectors/redis.test.ts.
describe('redis-stream-trigger', () => {
  it('names the server that does not answer', async () => {
    const server = { type: 'redis', data: { host: '127.0.0.1', port: '1', tls: 'off' } };
    await expect(
      openListener(redisStreamTrigger, { parameters: { stream: 's' }, credentials: { server } }),
    ).rejects.toMatchObject({ code: 'CONNECTION_REFUSED', facts: { at: '127.0.0.1:1' } });
  });
});
