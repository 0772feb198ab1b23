import { createHash, createHmac } from 'node:crypto';

export const HASHES = [
  'MD5',
  'SHA1',
  'SHA256',
  'SHA384',
  'SHA512',
  'SHA3-256',
  'SHA3-384',
  'SHA3-512',
  'SM3',
] as const;

interface DigestRules {
  algorithm: (typeof HASHES)[number];
  encoding: 'hex' | 'base64' | 'base64url';
  /** A keyed digest (HMAC); null for a plain one. */
  secret: string | null;
}

/** The digest of texts (as UTF-8) or bytes, in parts. */
export async function digest(
  content: Iterable<string> | AsyncIterable<Uint8Array>,
  { algorithm, encoding, secret }: DigestRules,
): Promise<string> {
  const hash = secret === null ? createHash(algorithm) : createHmac(algorithm, secret);
  for await (const part of content) hash.update(part);
  return hash.digest(encoding);
}
