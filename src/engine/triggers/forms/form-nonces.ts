import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/index.ts';
import type { WebhookReply } from '../webhook-call.ts';

const VALID_MS = 24 * 3_600_000;
const REMEMBERED = 5000;

export interface FormNonces {
  make(path: string): string;
  /** Whether we made it for that form, not too long ago. */
  isValid(nonce: string, path: string): boolean;
  /** Does the work once per nonce: whoever sends the same page again is answered the same. */
  once(nonce: string, work: () => Promise<WebhookReply>): Promise<WebhookReply>;
}

/**
 * What is hidden in a page and comes back with its answers. Another site cannot make one, and so cannot send answers in
 * the name of a browser that is signed in; and a page that is sent twice begins one execution.
 */
export function createFormNonces(clock: Clock): FormNonces {
  const secret = randomBytes(32);
  const answered = new Map<string, Promise<WebhookReply>>();
  const sign = (text: string, path: string) =>
    createHmac('sha256', secret).update(`${text}\n${path}`).digest('base64url');

  return {
    make(path) {
      const text = `${clock.now() + VALID_MS}.${randomBytes(12).toString('base64url')}`;
      return `${text}.${sign(text, path)}`;
    },
    isValid(nonce, path) {
      const [until = '', random = '', mac = ''] = nonce.split('.');
      const expected = Buffer.from(sign(`${until}.${random}`, path));
      const given = Buffer.from(mac);
      return (
        given.length === expected.length && timingSafeEqual(given, expected) && Number(until) > clock.now()
      );
    },
    once(nonce, work) {
      const known = answered.get(nonce);
      if (known) return known;
      const reply = work();
      answered.set(nonce, reply);
      const [oldest] = answered.keys();
      if (answered.size > REMEMBERED && oldest !== undefined) answered.delete(oldest);
      return reply;
    },
  };
}
