import { EngineError, type Clock } from '../kernel/index.ts';
import type { Connections, HttpClient } from '../node-kit/index.ts';
import { findCredentialType } from './credential-types.ts';
import type { Reveal } from './reveal.ts';
import type { Vault } from './vault.ts';

/** Long enough for a slow sign-in, and not longer than a person waits. */
const LIMIT_MS = 20_000;

export interface CredentialTester {
  /**
   * Signs in with a stored credential, or with values that are not stored yet; of a stored one, fields left out keep
   * their values. Resolves when the other side accepted them. Throws CREDENTIAL_NOT_TESTABLE, what the vault throws, and
   * the `NodeError` that tells the cause.
   */
  test(credential: { id?: string; type: string; data?: Record<string, string> }): Promise<void>;
}

export function createCredentialTester(parts: {
  vault: Pick<Vault, 'compose'>;
  reveal: Reveal;
  http: HttpClient;
  connections: Connections;
  clock: Clock;
}): CredentialTester {
  const { vault, http, connections, clock } = parts;
  return {
    async test({ id, type, data = {} }) {
      const definition = findCredentialType(type);
      if (!definition) throw new EngineError('CREDENTIAL_TYPE_UNKNOWN', { type });
      if (type === 'oauth2' && id !== undefined) {
        // The provider is asked for new tokens only where those that are there are not good.
        await parts.reveal(id);
        return;
      }
      if (!definition.test) throw new EngineError('CREDENTIAL_NOT_TESTABLE', { type });
      const composed = await vault.compose({ ...(id !== undefined && { id }), type, data });
      const limit = new AbortController();
      const tooLong = Promise.withResolvers<never>();
      const cancel = clock.schedule(LIMIT_MS, () => {
        const error = new EngineError('CREDENTIAL_TEST_TIMEOUT', { seconds: LIMIT_MS / 1000 });
        limit.abort(error);
        tooLong.reject(error);
      });
      try {
        const tried = definition.test({ data: composed, http, connections, signal: limit.signal });
        await Promise.race([tried, tooLong.promise]);
      } finally {
        cancel();
      }
    },
  };
}
