import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { natsTrigger } from './nats-trigger.node.ts';

// What talks to a server is tested against a real one: test/connectors/nats.test.ts.
describe('nats-trigger', () => {
  it.each([{ subject: 'a' }, { source: 'stream', stream: 'a' }])(
    'names the server that does not answer',
    async (parameters) => {
      const server = { type: 'nats', data: { host: '127.0.0.1', port: '1', tls: 'off' } };
      await expect(openListener(natsTrigger, { parameters, credentials: { server } })).rejects.toMatchObject({
        code: 'CONNECTION_REFUSED',
        facts: { at: '127.0.0.1:1' },
      });
    },
  );
});
