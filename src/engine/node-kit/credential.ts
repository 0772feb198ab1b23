import type { CredentialTypeDescription } from '../../contract/index.ts';
import type { Connections } from './connections.ts';
import type { HttpClient } from './http-client.ts';

/** What the test of a credential may do. */
export interface CredentialTestContext {
  /** Its fields, decrypted. */
  readonly data: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly connections: Connections;
  /** Aborted when the test takes too long. */
  readonly signal: AbortSignal;
}

/** A type of credential: the form it is entered with, and how it is tried. */
export interface CredentialDefinition extends Omit<CredentialTypeDescription, 'testable'> {
  /**
   * Signs in to the other side and changes nothing there. Throws a `NodeError` that names the cause. Absent where there
   * is nobody to ask. Loads what it needs by `import()`: definitions are read at every start.
   */
  test?(context: CredentialTestContext): Promise<void>;
}

export function defineCredential(definition: CredentialDefinition): CredentialDefinition {
  return definition;
}
