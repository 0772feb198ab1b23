import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT = { id: 'client-1', secret: 'client-secret-1' };

interface Code {
  challenge: string;
  redirectUri: string;
}

/** An authorization server by RFC 6749 and 7636 whose user always agrees. For tests; the caller closes it. */
export async function startProvider() {
  const codes = new Map<string, Code>();
  const refreshTokens = new Set<string>();
  const accessTokens = new Set<string>();
  const log: string[] = [];
  const provider = {
    /** Token requests in the order of coming, by their grant. */
    log,
    lifeSeconds: 3600,
    url: '',
    /** Sends the answer to a token request; held back by tests that race for it. */
    release: Promise.resolve(),
    isGood: (header: string | undefined) => accessTokens.has(header?.replace(/^Bearer /, '') ?? ''),
    /** Withdraws every access token before its time. */
    withdraw: () => accessTokens.clear(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };

  function authorize(url: URL, response: ServerResponse): void {
    const redirectUri = url.searchParams.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    if (url.searchParams.get('scope') === 'forbidden') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user said no');
    } else {
      const code = randomBytes(8).toString('hex');
      codes.set(code, { challenge: url.searchParams.get('code_challenge') ?? '', redirectUri });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  function issue(withRefresh: boolean) {
    const access_token = `access-${randomBytes(8).toString('hex')}`;
    accessTokens.add(access_token);
    const refresh_token = withRefresh ? `refresh-${randomBytes(8).toString('hex')}` : undefined;
    if (refresh_token) refreshTokens.add(refresh_token);
    return { access_token, token_type: 'Bearer', expires_in: provider.lifeSeconds, refresh_token };
  }

  function answer(form: URLSearchParams, authorization: string): [status: number, body: object] {
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
    const isKnown =
      authorization === basic ||
      (form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret);
    if (!isKnown) return [401, { error: 'invalid_client', error_description: 'Unknown client' }];
    const grant = form.get('grant_type') ?? '';
    log.push(grant);
    if (grant === 'client_credentials') return [200, issue(false)];
    if (grant === 'refresh_token') {
      // Good once: whoever comes second with it is taken for a thief.
      const isGood = refreshTokens.delete(form.get('refresh_token') ?? '');
      return isGood ? [200, issue(true)] : [400, { error: 'invalid_grant' }];
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return code?.challenge === challenge && code.redirectUri === form.get('redirect_uri')
      ? [200, issue(true)]
      : [400, { error: 'invalid_grant' }];
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', provider.url);
    if (url.pathname === '/authorize') return authorize(url, response);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const [status, fields] = answer(new URLSearchParams(body), request.headers.authorization ?? '');
    await provider.release;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(fields));
  }

  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}
