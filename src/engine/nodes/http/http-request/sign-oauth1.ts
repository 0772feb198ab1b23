import { createHmac, randomBytes } from 'node:crypto';
import type { HttpRequest, RevealedCredential } from '../../../node-kit/index.ts';

const FORM = 'application/x-www-form-urlencoded';
const HASHES: Record<string, string> = {
  'HMAC-SHA1': 'sha1',
  'HMAC-SHA256': 'sha256',
  'HMAC-SHA512': 'sha512',
};

/** The request with an OAuth 1.0 header (RFC 5849, section 3). */
export function signOAuth1(
  request: HttpRequest,
  { data }: Pick<RevealedCredential, 'data'>,
  once = { nonce: randomBytes(16).toString('hex'), timestamp: Math.floor(Date.now() / 1000) },
): HttpRequest {
  const { consumerKey = '', consumerSecret = '', token, tokenSecret = '', realm } = data;
  const method = data['method'] || 'HMAC-SHA1';
  const protocol: Array<[string, string]> = [
    ['oauth_consumer_key', consumerKey],
    ...(token ? [['oauth_token', token] as [string, string]] : []),
    ['oauth_signature_method', method],
    ['oauth_timestamp', String(once.timestamp)],
    ['oauth_nonce', once.nonce],
    ['oauth_version', '1.0'],
  ];
  const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
  const hash = HASHES[method];
  const signature = hash ? createHmac(hash, key).update(baseString(request, protocol)).digest('base64') : key;
  const header = [
    ...(realm ? [['realm', realm] as const] : []),
    ...protocol,
    ['oauth_signature', signature] as const,
  ]
    .map(([name, value]) => `${name}="${name === 'realm' ? value.replace(/["\\]/g, '\\$&') : encode(value)}"`)
    .join(', ');
  const others = (request.headers ?? []).filter(([name]) => name.toLowerCase() !== 'authorization');
  return {
    ...request,
    headers: [...others, ['Authorization', `OAuth ${header}`]],
    secretHeaders: [...(request.secretHeaders ?? []), 'authorization'],
  };
}

/** Section 3.4.1: what is signed holds the method, the address without its query, and all parameters in order. */
function baseString(
  { method, url: text, headers = [], body }: HttpRequest,
  protocol: Array<[string, string]>,
): string {
  const url = new URL(text);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const form = typeof body === 'string' && type.startsWith(FORM) ? new URLSearchParams(body) : [];
  const parameters = [...protocol, ...url.searchParams, ...form]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [method.toUpperCase(), `${url.origin}${url.pathname}`, parameters].map(encode).join('&');
}

/** Section 3.6: all but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By bytes, and encoded texts hold none beyond ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
