import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { EngineError, type Clock } from '../kernel/index.ts';

const SESSION_MS = 30 * 24 * 3_600_000;

export interface AuthenticationOptions {
  apiKey: string | null;
  /** Signs session cookies; kept in the data folder so that a browser stays signed in across restarts. */
  sessionSecret: string;
  clock: Clock;
}

/**
 * Who may call: local mode has one implicit owner. A random token in the start link is exchanged for a session cookie;
 * programs send an API key.
 */
export class Authentication {
  /** Good for as long as the process lives. */
  readonly startToken = randomBytes(24).toString('base64url');
  readonly #options: AuthenticationOptions;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /** Throws UNAUTHORIZED, or FORBIDDEN when a browser was made to call from a foreign page. */
  check(request: FastifyRequest, port: number): void {
    const key = keyOf(request);
    if (key !== undefined) {
      if (this.#isKey(key)) return;
      throw new EngineError('UNAUTHORIZED');
    }
    refuseForeignPages(request);
    if (!this.hasSession(request, port)) throw new EngineError('UNAUTHORIZED');
  }

  isStartToken(token: string): boolean {
    return isSameText(token, this.startToken);
  }

  hasSession(request: FastifyRequest, port: number): boolean {
    const value = cookiesOf(request.headers.cookie).get(cookieName(port));
    const [expiry = '', signature = ''] = value?.split('.') ?? [];
    return isSameText(signature, this.#sign(expiry)) && Number(expiry) > this.#options.clock.now();
  }

  /** A `Set-Cookie` value that signs the browser in. */
  sessionCookie(port: number): string {
    const expiry = String(this.#options.clock.now() + SESSION_MS);
    return `${cookieName(port)}=${expiry}.${this.#sign(expiry)}; Path=/; Max-Age=${SESSION_MS / 1000}; HttpOnly; SameSite=Strict`;
  }

  #isKey(key: string): boolean {
    const isApiKey = this.#options.apiKey !== null && isSameText(key, this.#options.apiKey);
    return isApiKey || this.isStartToken(key);
  }

  #sign(expiry: string): string {
    return createHmac('sha256', this.#options.sessionSecret).update(`session:${expiry}`).digest('base64url');
  }
}

/** Cookies do not tell ports apart, so two engines on one machine would sign each other out. */
function cookieName(port: number): string {
  return `guixuflow_${port}`;
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['x-api-key'];
  if (typeof header === 'string') return header;
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
}

/**
 * A cookie travels with whatever page makes the browser call, so the page has to be ours. The HTML a webhook serves
 * is sandboxed and calls with `Origin: null`.
 */
function refuseForeignPages({ headers, method }: FastifyRequest): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isOwnOrigin = origin === `http://${host}` || origin === `https://${host}`;
  if (origin !== undefined && !isOwnOrigin)
    throw new EngineError('FORBIDDEN', { reason: `calls from pages of ${origin}` });
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new EngineError('FORBIDDEN', { reason: 'calls from pages of another site' });
  }
  const changesState = method !== 'GET' && method !== 'HEAD';
  if (changesState && !isOwnOrigin && site !== 'same-origin') {
    throw new EngineError('FORBIDDEN', {
      reason: 'a call without an Origin header; programs send an API key',
    });
  }
}

function cookiesOf(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookies;
}

/** Hashing first makes the texts equally long, which the constant-time comparison demands. */
function isSameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
