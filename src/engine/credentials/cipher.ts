import type { EncryptionKey } from './encryption-key.ts';
import { seal, unseal } from './envelope.ts';

/** Encrypts texts with the key of the installation, each bound to `purpose`; what another purpose made does not open. */
export function createCipher(
  key: EncryptionKey,
  purpose: string,
): { encrypt(text: string): Uint8Array; decrypt(bytes: Uint8Array): string | null } {
  return {
    encrypt: (text) => seal(text, purpose, key),
    decrypt: (bytes) => unseal(bytes, purpose, key),
  };
}
