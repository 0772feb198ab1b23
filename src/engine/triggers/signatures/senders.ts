import { createHmac } from 'node:crypto';
import { headerOf, isSame, refused, staleness, UNMATCHED, type OpenCall } from './signed-call.ts';

const HOUR_MS = 3_600_000;
const STRIPE_TOLERANCE_MS = 300_000;

/** `X-Hub-Signature-256` over the body; a redelivery keeps the id of the delivery. */
export function openGitHub(secret: string): OpenCall {
  return (call) => {
    const given = headerOf(call, 'x-hub-signature-256');
    if (given === '') return refused('the header "X-Hub-Signature-256" is missing');
    const expected = `sha256=${createHmac('sha256', secret).update(call.bytes).digest('hex')}`;
    if (!isSame(given, expected)) return UNMATCHED;
    return { kind: 'opened', deliveryId: headerOf(call, 'x-github-delivery') };
  };
}

/**
 * `X-Gitee-Token` is the password itself, or a signature of the timestamp. The body is not signed, and holds the password
 * in the first case, so that is taken out.
 */
export function openGitee(secret: string): OpenCall {
  return (call) => {
    const given = headerOf(call, 'x-gitee-token');
    if (given === '') return refused('the header "X-Gitee-Token" is missing');
    if (!isSame(given, secret)) {
      const time = headerOf(call, 'x-gitee-timestamp');
      const stale = staleness(time, call.now, HOUR_MS);
      if (stale !== null) return refused(stale);
      const expected = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
      // The documentation has it URL-encoded as well, which senders leave out.
      if (!isSame(given, expected) && !isSame(given, encodeURIComponent(expected))) return UNMATCHED;
    }
    const body = jsonObject(call.bytes);
    if (!body || !('password' in body || 'sign' in body)) return { kind: 'opened', deliveryId: '' };
    const { password: _password, sign: _sign, ...rest } = body;
    return { kind: 'opened', deliveryId: '', body: jsonBody(rest) };
  };
}

/** `Stripe-Signature: t=…,v1=…`, also sent by others after this model; several signatures while a secret changes. */
export function openStripe(secret: string): OpenCall {
  return (call) => {
    const given = headerOf(call, 'stripe-signature');
    if (given === '') return refused('the header "Stripe-Signature" is missing');
    const parts = given.split(',').map((part) => part.trim().split('=', 2) as [string, string | undefined]);
    const time = parts.find(([name]) => name === 't')?.[1] ?? '';
    const stale = staleness(time, call.now, STRIPE_TOLERANCE_MS);
    if (stale !== null) return refused(stale);
    const expected = createHmac('sha256', secret).update(`${time}.`).update(call.bytes).digest('hex');
    const isSigned = parts.some(([name, value]) => name === 'v1' && isSame(value ?? '', expected));
    return isSigned ? { kind: 'opened', deliveryId: textAt(jsonObject(call.bytes), 'id') } : UNMATCHED;
  };
}

/** What a robot of DingTalk is sent: the timestamp is signed with the secret of its application. */
export function openDingTalkRobot(secret: string): OpenCall {
  return (call) => {
    const time = headerOf(call, 'timestamp');
    const stale = staleness(time, call.now, HOUR_MS);
    if (stale !== null) return refused(stale);
    const expected = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
    if (!isSame(headerOf(call, 'sign'), expected)) return UNMATCHED;
    return { kind: 'opened', deliveryId: textAt(jsonObject(call.bytes), 'msgId') };
  };
}

/** The object that a JSON text holds; null for other text. */
export function jsonObject(content: Buffer | string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(content.toString()) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export function textAt(value: unknown, field: string): string {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : '';
  return typeof found === 'string' ? found : '';
}

export function jsonBody(value: unknown): { bytes: Buffer; contentType: string } {
  return { bytes: Buffer.from(JSON.stringify(value)), contentType: 'application/json' };
}
