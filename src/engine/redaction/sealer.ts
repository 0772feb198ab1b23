import { replaceTexts } from './rules.ts';

/** What people see in place of a hidden value. */
export const REDACTED = '[redacted]';
const PREFIX = 'guixuflow-sealed:1:';

/** Encrypts texts with the key of the installation. */
export interface Cipher {
  encrypt(text: string): Uint8Array;
  /** Null for what another key made, or nobody. */
  decrypt(bytes: Uint8Array): string | null;
}

/** The value as a text that only the engine can read. */
export function sealValue(value: unknown, cipher: Cipher): string {
  return PREFIX + Buffer.from(cipher.encrypt(JSON.stringify(value))).toString('base64');
}

/** A copy with the true values. */
export function unsealAll(value: unknown, cipher: Cipher): unknown {
  return replaceTexts(value, (text) => {
    if (!text.startsWith(PREFIX)) return text;
    const opened = cipher.decrypt(Buffer.from(text.slice(PREFIX.length), 'base64'));
    return opened === null ? text : (JSON.parse(opened) as unknown);
  });
}

/** A copy for people. */
export function maskAll(value: unknown): unknown {
  return replaceTexts(value, (text) => (text.startsWith(PREFIX) ? REDACTED : text));
}
