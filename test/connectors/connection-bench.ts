import { createConnections, type OpenConnections } from '../../src/engine/connections/index.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import type { Connections, CredentialDefinition } from '../../src/engine/node-kit/index.ts';

/** Connections that the nodes of a test share; the test closes them, and fails where one does not close as it should. */
export function openConnections(): OpenConnections {
  return createConnections({
    clock: systemClock,
    idleMs: 60_000,
    onCloseFailure: (error) => {
      throw error;
    },
  });
}

/** Tries a credential as its dialog does. */
export async function tryCredential(
  { test }: CredentialDefinition,
  data: Record<string, string>,
  connections: Connections,
): Promise<void> {
  if (!test) throw new Error('This type cannot be tried');
  await test({
    data,
    connections,
    http: { request: () => Promise.reject(new Error('not used')) },
    signal: new AbortController().signal,
  });
}
