import { randomBytes } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { EngineError, type Clock } from '../../kernel/index.ts';
import type { HttpClient } from '../../node-kit/index.ts';
import type { Vault } from '../vault.ts';
import { Provider } from './provider.ts';

/** As long as a person may take to sign in with the provider. */
const LIFE_MS = 600_000;
const MOST = 1000;

interface SignIn {
  credentialId: string;
  verifier: string;
  redirectUri: string;
  expiresAt: number;
}

/** Sign-ins of people with the providers of OAuth2 credentials. */
export interface SignIns {
  /** Where the person is sent. Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_INVALID. */
  begin(credentialId: string): Promise<{ url: string }>;
  /** Takes the provider's answer, which is good once. Gives the credential's name. Throws OAUTH_STATE_UNKNOWN, OAUTH_FAILED. */
  finish(answer: URL): Promise<{ name: string }>;
}

export function createSignIns(parts: {
  vault: Pick<Vault, 'reveal' | 'keep' | 'summary'>;
  http: HttpClient;
  clock: Clock;
  /** Where providers send people back to; asked late, since the port may be chosen late. */
  redirectUri(): string;
  onConnected(credentialId: string): void;
}): SignIns {
  const { vault, http, clock } = parts;
  const open = new Map<string, SignIn>();

  const forgetOld = () => {
    for (const [state, { expiresAt }] of open)
      if (expiresAt <= clock.now() || open.size > MOST) open.delete(state);
  };

  return {
    async begin(credentialId) {
      const { type, data } = await vault.reveal(credentialId);
      if (type !== 'oauth2' || data['grant'] === 'client-credentials')
        throw new EngineError('CREDENTIAL_INVALID', { reason: 'it is not one that a person signs in for' });
      forgetOld();
      const state = randomBytes(24).toString('base64url');
      const verifier = oauth.generateRandomCodeVerifier();
      const redirectUri = parts.redirectUri();
      const url = await new Provider(data, { http, now: () => clock.now() }).authorizationUrl({
        redirectUri,
        state,
        verifier,
      });
      open.set(state, { credentialId, verifier, redirectUri, expiresAt: clock.now() + LIFE_MS });
      return { url };
    },

    async finish(answer) {
      const state = answer.searchParams.get('state') ?? '';
      const signIn = open.get(state);
      open.delete(state);
      if (!signIn || signIn.expiresAt <= clock.now()) throw new EngineError('OAUTH_STATE_UNKNOWN');
      const { credentialId, verifier, redirectUri } = signIn;
      const { data } = await vault.reveal(credentialId);
      const provider = new Provider(data, { http, now: () => clock.now() });
      const tokens = await provider.exchange(answer, { redirectUri, state, verifier });
      await vault.keep(credentialId, {
        tokens: JSON.stringify(tokens),
        connectedAt: String(clock.now()),
      });
      parts.onConnected(credentialId);
      return { name: (await vault.summary(credentialId))?.name ?? '' };
    },
  };
}
