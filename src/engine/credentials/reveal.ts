import type { RevealedCredential } from '../node-kit/index.ts';
import type { AccessTokens } from './oauth2/index.ts';
import type { Vault } from './vault.ts';

/**
 * A stored credential as nodes get it: decrypted, and with a token that is good for now where it has one. `refused` is a
 * token that the other side did not take. Throws what the vault throws, OAUTH_NOT_CONNECTED, OAUTH_EXPIRED, OAUTH_FAILED.
 */
export type Reveal = (id: string, refused?: string) => Promise<RevealedCredential>;

export function createRevealer({
  vault,
  tokens,
}: {
  vault: Pick<Vault, 'reveal'>;
  tokens: AccessTokens;
}): Reveal {
  return async (id, refused) => {
    const credential = await vault.reveal(id);
    return credential.type === 'oauth2' ? tokens.complete(id, credential, refused) : credential;
  };
}
