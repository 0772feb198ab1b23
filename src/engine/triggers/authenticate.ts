import { hash, timingSafeEqual } from 'node:crypto';
import { EngineError } from '../kernel/index.ts';
import type { WebhookDeclaration } from '../node-kit/index.ts';
import type { WebhookRequest } from './webhook-call.ts';

export interface RevealedCredential {
  type: string;
  data: Readonly<Record<string, string>>;
}

/** Checks the callers of one webhook. */
export interface Authenticator {
  isAllowed(request: WebhookRequest): boolean;
  /** Value of `WWW-Authenticate` for those who are not. */
  readonly challenge: string | null;
  /** The header that carries the secret, in lower case: it must not end up in run data. */
  readonly header: string | null;
}

export const OPEN: Authenticator = { isAllowed: () => true, challenge: null, header: null };

/** Throws CREDENTIAL_INVALID when the credential is of another type or lacks what is to be compared. */
export function createAuthenticator(
  kind: WebhookDeclaration['authentication'],
  credential: RevealedCredential,
): Authenticator {
  const { data } = credential;
  if (kind === 'none') return OPEN;
  if (credential.type !== `${kind}-auth`) {
    throw new EngineError('CREDENTIAL_INVALID', {
      reason: `a credential of type "${kind}-auth" is needed, this one is "${credential.type}"`,
    });
  }
  if (kind === 'basic') {
    const header = `Basic ${Buffer.from(`${need(data, 'user')}:${need(data, 'password')}`).toString('base64')}`;
    // Clients write the scheme in any case; the digest covers what follows it.
    return comparing('authorization', header.slice(6), 'Basic realm="webhook", charset="UTF-8"', /^basic +/i);
  }
  if (kind === 'bearer')
    return comparing('authorization', need(data, 'token'), 'Bearer realm="webhook"', /^bearer +/i);
  return comparing(need(data, 'name').toLowerCase(), need(data, 'value'), null, null);
}

function comparing(
  header: string,
  expected: string,
  challenge: string | null,
  scheme: RegExp | null,
): Authenticator {
  const digest = digestOf(expected);
  return {
    challenge,
    header,
    isAllowed({ headers }) {
      const value = headers[header];
      if (typeof value !== 'string' || (scheme && !scheme.test(value))) return false;
      const given = scheme ? value.replace(scheme, '').trim() : value;
      // Digests have one length, so that the comparison takes as long for any guess.
      return timingSafeEqual(digestOf(given), digest);
    },
  };
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function need(data: Readonly<Record<string, string>>, field: string): string {
  const value = data[field];
  if (!value) throw new EngineError('CREDENTIAL_INVALID', { reason: `"${field}" is empty` });
  return value;
}
