import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { emailTrigger } from './email-trigger.node.ts';
import { markOf } from './mailbox-position.ts';

// What talks to a server is tested against a real one: test/connectors/imap.test.ts.
describe('email-trigger', () => {
  it('names the server that does not answer', async () => {
    const server = { type: 'imap', data: { host: '127.0.0.1', port: '1', security: 'off' } };
    await expect(openListener(emailTrigger, { credentials: { server } })).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      facts: { at: '127.0.0.1:1' },
    });
  });

  it('tells messages apart without their UIDs', () => {
    const one = { receivedAt: 1, messageId: '<a@b>', size: 10 };
    expect(markOf(one)).toEqual(markOf({ ...one }));
    const others = [{ receivedAt: 2 }, { messageId: null }, { size: 11 }].map((change) =>
      markOf({ ...one, ...change }),
    );
    expect(new Set([markOf(one), ...others].map(([, text]) => text)).size).toBe(4);
  });
});
