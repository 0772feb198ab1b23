import { hash } from 'node:crypto';
import { NodeError } from '../../node-kit/index.ts';

/**
 * What speaks against a host key: HOST_KEY_UNKNOWN where no fingerprint is expected yet, HOST_KEY_CHANGED where another one
 * is; null when it is one of those expected. Both say the fingerprint that was seen. Several may be expected, with white
 * space or commas between them.
 */
export function hostKeyProblem(
  key: Buffer,
  expected: string,
  server: { service: string; host: string; port: number; at: string },
): NodeError | null {
  const fingerprint = fingerprintOf(key);
  const accepted = expected.split(/[\s,]+/).filter((one) => one !== '');
  const facts = { ...server, keyType: keyTypeOf(key), fingerprint };
  if (accepted.length === 0) return new NodeError('HOST_KEY_UNKNOWN', facts);
  if (accepted.some((one) => normal(one) === fingerprint)) return null;
  return new NodeError('HOST_KEY_CHANGED', { ...facts, expected: accepted.map(normal).join(', ') });
}

/** As OpenSSH writes it: `SHA256:` and Base64 without padding. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${unpadded(hash('sha256', key, 'base64'))}`;
}

/** Tools differ in the prefix and the padding. */
function normal(fingerprint: string): string {
  return `SHA256:${unpadded(fingerprint.replace(/^SHA256:/i, ''))}`;
}

function unpadded(base64: string): string {
  return base64.replace(/=+$/, '');
}

/** Such as `ssh-ed25519`: a key begins with it (RFC 4253, section 6.6). */
function keyTypeOf(key: Buffer): string {
  return key.length < 4 ? '?' : key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}
