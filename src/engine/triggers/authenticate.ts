import { hash, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';
import { EngineError } from '../kernel/index.ts';
import {
  jwtKey,
  SIGNED_AUTHENTICATIONS,
  type SignedAuthentication,
  type WebhookDeclaration,
} from '../node-kit/index.ts';
import { createOpener, type OpenCall } from './signatures/index.ts';
import type { WebhookRequest } from './webhook-call.ts';

export interface RevealedCredential {
  type: string;
  data: Readonly<Record<string, string>>;
}

export interface Admission {
  claims?: Record<string, unknown>;
}

/** Checks the callers of one webhook. */
export interface Authenticator {
  /** Null for those who may not call; for the others what their token says, where they have one. */
  check(request: WebhookRequest): Admission | null | Promise<Admission | null>;
  /** Value of `WWW-Authenticate` for those who are not. */
  readonly challenge: string | null;
  /** The header that carries the secret, in lower case: it must not end up in run data. */
  readonly header: string | null;
  /** Checks what a call is signed with once its body is there, in addition to `check`. */
  readonly open?: OpenCall;
}

const ADMITTED: Admission = Object.freeze({});

export const OPEN: Authenticator = { check: () => ADMITTED, challenge: null, header: null };

/** Throws CREDENTIAL_INVALID when the credential is of another type or lacks what is to be compared. */
export function createAuthenticator(
  { authentication: kind, signature }: Pick<WebhookDeclaration, 'authentication' | 'signature'>,
  credential: RevealedCredential,
): Authenticator {
  const { data } = credential;
  if (kind === 'none') return OPEN;
  const type = credentialSlot(kind);
  if (credential.type !== type) {
    throw new EngineError('CREDENTIAL_INVALID', {
      reason: `a credential of type "${type}" is needed, this one is "${credential.type}"`,
    });
  }
  if (isSigned(kind)) {
    // Of Gitee's two ways, one sends the secret itself.
    const header = kind === 'gitee' ? 'x-gitee-token' : null;
    return { ...OPEN, header, open: createOpener({ kind, signature }, data) };
  }
  if (kind === 'jwt') return verifying(data);
  if (kind === 'basic') {
    const header = `Basic ${Buffer.from(`${need(data, 'user')}:${need(data, 'password')}`).toString('base64')}`;
    // Clients write the scheme in any case; the digest covers what follows it.
    return comparing('authorization', header.slice(6), 'Basic realm="webhook", charset="UTF-8"', /^basic +/i);
  }
  if (kind === 'bearer')
    return comparing('authorization', need(data, 'token'), 'Bearer realm="webhook"', /^bearer +/i);
  return comparing(need(data, 'name').toLowerCase(), need(data, 'value'), null, null);
}

/** The slot of the node, and the type, that a kind of authentication takes its credential from. */
export function credentialSlot(kind: WebhookDeclaration['authentication']): string {
  if (kind === 'feishu') return 'feishu-events';
  if (kind === 'wecom' || kind === 'dingtalk') return 'encrypted-callback';
  if (isSigned(kind)) return 'webhook-secret';
  return kind === 'jwt' ? 'jwt' : `${kind}-auth`;
}

function isSigned(kind: WebhookDeclaration['authentication']): kind is SignedAuthentication {
  return SIGNED_AUTHENTICATIONS.some((signed) => signed === kind);
}

function verifying(data: Readonly<Record<string, string>>): Authenticator {
  const { key, algorithm } = jwtKey(data, 'verify');
  return {
    challenge: 'Bearer realm="webhook"',
    header: 'authorization',
    async check({ headers }) {
      const token = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
      if (token === undefined) return null;
      try {
        const { payload } = await jwtVerify(token.trim(), key, { algorithms: [algorithm] });
        return { claims: payload };
      } catch {
        return null;
      }
    },
  };
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
    check({ headers }) {
      const value = headers[header];
      if (typeof value !== 'string' || (scheme && !scheme.test(value))) return null;
      const given = scheme ? value.replace(scheme, '').trim() : value;
      // Digests have one length, so that the comparison takes as long for any guess.
      return timingSafeEqual(digestOf(given), digest) ? ADMITTED : null;
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
