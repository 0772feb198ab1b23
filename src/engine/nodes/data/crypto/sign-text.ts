import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import { NodeError } from '../../../node-kit/index.ts';

export const SIGNATURES = [
  'RSA-SHA256',
  'RSA-SHA384',
  'RSA-SHA512',
  'RSA-SHA224',
  'RSA-SHA1',
  'RSA-MD5',
  'RSA-SHA3-256',
  'RSA-SHA3-384',
  'RSA-SHA3-512',
  'RSA-RIPEMD160',
] as const;

interface SignRules {
  value: string;
  /** PEM. */
  privateKey: string;
  signature: (typeof SIGNATURES)[number];
  encoding: 'hex' | 'base64' | 'base64url';
}

/** The signature of a text. Throws NodeError PARAMETER_INVALID when the key is none or does not suit. */
export function signText({ value, privateKey, signature, encoding }: SignRules): string {
  const key = readKey(privateKey);
  try {
    return createSign(signature).update(value).sign(key, encoding);
  } catch (error) {
    const reason = `${signature} cannot sign with this key (${(error as Error).message})`;
    throw new NodeError('PARAMETER_INVALID', { field: 'privateKey', reason });
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The library's message may quote the key.
    throw new NodeError('PARAMETER_INVALID', {
      field: 'privateKey',
      reason: 'it is not a private key in PEM',
    });
  }
}
