import { seal, unseal } from './envelope.ts';
import type { KeyRing } from './key-ring.ts';

/** Encrypts texts with the keys of the installation, each bound to `purpose`; what another purpose made does not open. */
export function createCipher(
  keys: KeyRing,
  purpose: string,
): { encrypt(text: string): Uint8Array; decrypt(bytes: Uint8Array): string | null } {
  return {
    encrypt: (text) => seal(text, purpose, keys.current),
    decrypt: (bytes) => unseal(bytes, purpose, keys),
  };
}
