import { createHash, randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponse, RevealedCredential } from '../../../node-kit/index.ts';

type Send = (request: HttpRequest) => Promise<HttpResponse>;

interface Challenge {
  realm: string;
  nonce: string;
  opaque?: string;
  algorithm: string;
  hasQop: boolean;
}

/**
 * Sends requests with HTTP digest authentication (RFC 7616). The first asks the server for its challenge, later ones
 * answer that one until the server makes a new one.
 */
export function createDigestLogin({ data }: RevealedCredential, send: Send): Send {
  const { user = '', password = '' } = data;
  let known: Challenge | null = null;
  let count = 0;

  const answer = (request: HttpRequest, challenge: Challenge): HttpRequest => {
    const header = authorization(challenge, {
      ...{ user, password, method: request.method, url: new URL(request.url) },
      count: ++count,
      clientNonce: randomBytes(16).toString('hex'),
    });
    const headers = (request.headers ?? []).filter(([name]) => name.toLowerCase() !== 'authorization');
    return { ...request, headers: [...headers, ['Authorization', header]] };
  };

  return async (request) => {
    const used = known;
    const response = await send(used ? answer(request, used) : request);
    const challenge = response.status === 401 ? readChallenge(response.headers['www-authenticate']) : null;
    // The same challenge once more: the user or the password is wrong.
    if (!challenge || challenge.nonce === used?.nonce) return response;
    await response.bytes();
    // Another request may have had the new one first.
    if (challenge.nonce !== known?.nonce) {
      known = challenge;
      count = 0;
    }
    return send(answer(request, known));
  };
}

function readChallenge(header = ''): Challenge | null {
  const scheme = /(?:^|,)\s*Digest\s+/i.exec(header);
  if (!scheme) return null;
  const fields = new Map<string, string>();
  const rest = header.slice(scheme.index + scheme[0].length);
  for (const [, name = '', quoted, plain] of rest.matchAll(
    /(\w+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]+))/g,
  )) {
    // Of several challenges, the one that the server put first.
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const opaque = fields.get('opaque');
  return {
    realm: fields.get('realm') ?? '',
    nonce: fields.get('nonce') ?? '',
    algorithm: fields.get('algorithm') ?? 'MD5',
    hasQop: (fields.get('qop') ?? '').split(/[\s,]+/).includes('auth'),
    ...(opaque !== undefined && { opaque }),
  };
}

function authorization(
  { realm, nonce, opaque, algorithm, hasQop }: Challenge,
  about: { user: string; password: string; method: string; url: URL; count: number; clientNonce: string },
): string {
  const { user, password, method, url, clientNonce } = about;
  const name = /^SHA-256/i.test(algorithm) ? 'sha256' : 'md5';
  const hash = (...parts: string[]) => createHash(name).update(parts.join(':')).digest('hex');
  const uri = url.pathname + url.search;
  const count = about.count.toString(16).padStart(8, '0');
  const login = hash(user, realm, password);
  const isSession = /-sess$/i.test(algorithm);
  const secret = isSession ? hash(login, nonce, clientNonce) : login;
  const target = hash(method, uri);
  const response = hasQop
    ? hash(secret, nonce, count, clientNonce, 'auth', target)
    : hash(secret, nonce, target);
  const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const fields = [
    ...[`username=${quote(user)}`, `realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `uri=${quote(uri)}`],
    ...[`response="${response}"`, `algorithm=${algorithm}`],
    ...(hasQop ? ['qop=auth', `nc=${count}`] : []),
    ...(hasQop || isSession ? [`cnonce="${clientNonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ];
  return `Digest ${fields.join(', ')}`;
}
