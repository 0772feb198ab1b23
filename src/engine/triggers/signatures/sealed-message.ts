import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

/** How WeCom and DingTalk encrypt: AES-256-CBC, padded to blocks of 32 bytes, with a length and the receiver inside. */
const BLOCK = 32;
const RANDOM_BYTES = 16;

/** The 32 bytes of a key of 43 characters; null for other text. */
export function readAesKey(text: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]{43}$/.test(text)) return null;
  return Buffer.from(`${text}=`, 'base64');
}

/** The message and whom it is for; null for what was not encrypted with this key. */
export function unseal(sealed: string, key: Buffer): { message: string; receiver: string } | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK || padding > padded.length) return null;
  const plain = padded.subarray(0, padded.length - padding);
  if (plain.length < RANDOM_BYTES + 4) return null;
  const end = RANDOM_BYTES + 4 + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) return null;
  return {
    message: plain.toString('utf8', RANDOM_BYTES + 4, end),
    receiver: plain.toString('utf8', end),
  };
}

export function seal(message: string, receiver: string, key: Buffer): string {
  const content = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([randomBytes(RANDOM_BYTES), length, content, Buffer.from(receiver)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64');
}

/** The signature of these texts, in whatever order. */
export function signSealed(...texts: string[]): string {
  return hash('sha1', texts.sort().join(''), 'hex');
}
