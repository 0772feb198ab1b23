import { z } from 'zod';
import { EngineError, type Clock } from '../../kernel/index.ts';
import type { HttpClient, RevealedCredential } from '../../node-kit/index.ts';
import type { Vault } from '../vault.ts';
import { Provider, type Tokens } from './provider.ts';

/** A token that expires while a request is under way is as good as expired. */
const AHEAD_MS = 60_000;

const StoredTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number().optional(),
});

export interface AccessTokens {
  /**
   * The credential with a token that is good for now as `accessToken`. Whoever asks while it is renewed gets the same new
   * one. With `refused`, a token that the other side did not take, that one is not given again. Throws OAUTH_NOT_CONNECTED,
   * OAUTH_FAILED.
   */
  complete(id: string, credential: RevealedCredential, refused?: string): Promise<RevealedCredential>;
}

export function createAccessTokens(parts: {
  vault: Pick<Vault, 'reveal' | 'keep'>;
  http: HttpClient;
  clock: Clock;
}): AccessTokens {
  const { vault, http, clock } = parts;
  const renewing = new Map<string, Promise<Tokens>>();

  const isGood = ({ expiresAt = Infinity, accessToken }: Tokens, refused: string | undefined) =>
    accessToken !== refused && expiresAt - AHEAD_MS > clock.now();

  async function renew(id: string, refused: string | undefined): Promise<Tokens> {
    // Read again: another process may have renewed it, and a refresh token is often good once only.
    const { data } = await vault.reveal(id);
    const stored = readTokens(data);
    if (stored && isGood(stored, refused)) return stored;
    const provider = new Provider(data, { http, now: () => clock.now() });
    const tokens = await obtain(provider, data, stored);
    await vault.keep(id, { tokens: JSON.stringify(tokens) });
    return tokens;
  }

  return {
    async complete(id, credential, refused) {
      const stored = readTokens(credential.data);
      if (stored && isGood(stored, refused)) return withToken(credential, stored);
      let under = renewing.get(id);
      if (!under) {
        under = renew(id, refused).finally(() => renewing.delete(id));
        renewing.set(id, under);
      }
      return withToken(credential, await under);
    },
  };
}

function obtain(
  provider: Provider,
  data: RevealedCredential['data'],
  stored: Tokens | null,
): Promise<Tokens> {
  if (data['grant'] === 'client-credentials') return provider.signIn();
  if (!stored) throw new EngineError('OAUTH_NOT_CONNECTED');
  if (stored.refreshToken === undefined) throw new EngineError('OAUTH_EXPIRED');
  return provider.refresh(stored.refreshToken);
}

function readTokens(data: RevealedCredential['data']): Tokens | null {
  return data['tokens'] ? (StoredTokens.parse(JSON.parse(data['tokens'])) as Tokens) : null;
}

/** Nodes get the token and not what it is renewed with. */
function withToken({ type, data }: RevealedCredential, { accessToken }: Tokens): RevealedCredential {
  const { tokens: _tokens, clientSecret: _secret, ...rest } = data;
  return { type, data: { ...rest, accessToken } };
}
