import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KEY_ID_BYTES, type EncryptionKey } from './encryption-key.ts';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const TEXT_START = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * Encrypts with AES-256-GCM: format (1 byte), key id (8), nonce (12), tag (16), text. The owner's id is bound to the
 * text, so that a record copied over another one does not open.
 */
export function seal(text: string, ownerId: string, key: EncryptionKey): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const header = Buffer.concat([Buffer.of(FORMAT), key.id]);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(Buffer.concat([header, Buffer.from(ownerId)]));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), encrypted]);
}

/** The text, or null when its key is none of these or a single bit was changed. */
export function unseal(
  sealed: Uint8Array,
  ownerId: string,
  keys: { find(id: Uint8Array): EncryptionKey | undefined },
): string | null {
  const bytes = Buffer.from(sealed);
  const header = bytes.subarray(0, HEADER_BYTES);
  const key = keys.find(header.subarray(1));
  if (bytes.length < TEXT_START || header[0] !== FORMAT || !key) return null;
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([header, Buffer.from(ownerId)]));
  decipher.setAuthTag(bytes.subarray(HEADER_BYTES + NONCE_BYTES, TEXT_START));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(TEXT_START)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
