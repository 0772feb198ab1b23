import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { NodeError } from '../kernel/index.ts';

/**
 * The key in a credential of type `jwt`, and the algorithm it is for. Throws NodeError CREDENTIAL_INVALID, which never
 * quotes the key.
 */
export function jwtKey(
  data: Readonly<Record<string, string>>,
  use: 'sign' | 'verify',
): { key: KeyObject | Uint8Array; algorithm: string } {
  const algorithm = data['algorithm'] || 'HS256';
  const isShared = algorithm.startsWith('HS');
  const isPassphrase = data['keyType'] !== 'pem-key';
  if (isShared !== isPassphrase)
    throw unfit(`${algorithm} needs ${isShared ? 'a shared secret' : 'a key pair in PEM'}`);
  if (isPassphrase) return { key: new TextEncoder().encode(data['secret'] ?? ''), algorithm };
  return { key: use === 'sign' ? privateKey(data) : publicKey(data), algorithm };
}

function privateKey(data: Readonly<Record<string, string>>): KeyObject {
  try {
    return createPrivateKey(data['privateKey'] ?? '');
  } catch {
    throw unfit('the private key is missing or is not one in PEM');
  }
}

/** Who has only the private key can check with the public one in it. */
function publicKey(data: Readonly<Record<string, string>>): KeyObject {
  try {
    return createPublicKey(data['publicKey'] || (data['privateKey'] ?? ''));
  } catch {
    throw unfit('the public key is missing or is not one in PEM');
  }
}

function unfit(reason: string): NodeError {
  return new NodeError('CREDENTIAL_INVALID', { reason });
}
