import * as oauth from 'oauth4webapi';
import { EngineError, messageOf } from '../../kernel/index.ts';
import type { HttpClient } from '../../node-kit/index.ts';
import { fetchThrough } from './fetch-through.ts';

/** What a provider gave. */
export interface Tokens {
  accessToken: string;
  /** Absent where the provider gives none; a new one replaces it when it comes. */
  refreshToken?: string;
  /** UTC milliseconds; absent where the provider does not say. */
  expiresAt?: number;
}

type Settings = Readonly<Record<string, string>>;

/** Talks to the provider that a credential names. All methods throw EngineError OAUTH_FAILED with the provider's reason. */
export class Provider {
  readonly #settings: Settings;
  readonly #http: HttpClient;
  readonly #now: () => number;

  constructor(settings: Settings, parts: { http: HttpClient; now: () => number }) {
    this.#settings = settings;
    this.#http = parts.http;
    this.#now = parts.now;
  }

  /** Where a person is sent to sign in. */
  async authorizationUrl(about: { redirectUri: string; state: string; verifier: string }): Promise<string> {
    const { authorizationUrl = '', clientId = '', scope = '', parameters = '' } = this.#settings;
    const url = parseUrl(authorizationUrl, 'authorizationUrl');
    const challenge = await oauth.calculatePKCECodeChallenge(about.verifier);
    const query: Record<string, string> = {
      ...Object.fromEntries(new URLSearchParams(parameters)),
      response_type: 'code',
      client_id: clientId,
      redirect_uri: about.redirectUri,
      state: about.state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...(scope && { scope }),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  /** The tokens for the answer that the browser brought back. */
  exchange(answer: URL, about: { redirectUri: string; state: string; verifier: string }): Promise<Tokens> {
    return this.#request(async (server, client, authentication, options) => {
      const checked = oauth.validateAuthResponse(server, client, answer, about.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        checked,
        about.redirectUri,
        about.verifier,
        options,
      );
      return oauth.processAuthorizationCodeResponse(server, client, response);
    });
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return this.#request(async (server, client, authentication, options) => {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        refreshToken,
        options,
      );
      return oauth.processRefreshTokenResponse(server, client, response);
    }, refreshToken);
  }

  /** The client's own tokens. */
  signIn(): Promise<Tokens> {
    const { scope = '', parameters = '' } = this.#settings;
    const wanted = new URLSearchParams(parameters);
    if (scope) wanted.set('scope', scope);
    return this.#request(async (server, client, authentication, options) => {
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        wanted,
        options,
      );
      return oauth.processClientCredentialsResponse(server, client, response);
    });
  }

  async #request(
    send: (
      server: oauth.AuthorizationServer,
      client: oauth.Client,
      authentication: oauth.ClientAuth,
      options: oauth.TokenEndpointRequestOptions,
    ) => Promise<oauth.TokenEndpointResponse>,
    formerRefreshToken?: string,
  ): Promise<Tokens> {
    const { tokenUrl = '', clientId = '', clientSecret = '', clientAuthentication } = this.#settings;
    const endpoint = parseUrl(tokenUrl, 'tokenUrl');
    const server: oauth.AuthorizationServer = { issuer: endpoint.origin, token_endpoint: endpoint.href };
    const authentication =
      clientSecret === ''
        ? oauth.None()
        : clientAuthentication === 'body'
          ? oauth.ClientSecretPost(clientSecret)
          : basic(clientSecret);
    try {
      const answer = await send(server, { client_id: clientId }, authentication, {
        [oauth.customFetch]: fetchThrough(this.#http),
        // The address is the user's own choice; plain HTTP is common within a company, and tests need it.
        [oauth.allowInsecureRequests]: true,
      });
      const refreshToken = answer.refresh_token ?? formerRefreshToken;
      return {
        accessToken: answer.access_token,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(answer.expires_in !== undefined && { expiresAt: this.#now() + answer.expires_in * 1000 }),
      };
    } catch (error) {
      throw new EngineError('OAUTH_FAILED', { reason: reasonOf(error) }, { cause: error });
    }
  }
}

/**
 * Id and secret in a header, encoded as RFC 6749 (2.3.1) asks, but only where they must be: the library's own way encodes
 * the hyphens of a UUID too, which servers that do not decode refuse.
 */
function basic(clientSecret: string): oauth.ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const text = `${encodeURIComponent(id)}:${encodeURIComponent(clientSecret)}`;
    headers.set('authorization', `Basic ${Buffer.from(text).toString('base64')}`);
  };
}

function parseUrl(text: string, field: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new EngineError('CREDENTIAL_INVALID', { reason: `${field} is no web address` });
}

/** The provider's own words where it said something; never what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError)
    return error.error_description ? `${error.error}: ${error.error_description}` : error.error;
  return messageOf(error);
}
