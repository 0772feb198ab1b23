import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError, messageOf } from '../kernel/index.ts';

export const KEY_BYTES = 32;
export const KEY_ID_BYTES = 8;
const FILE = 'encryption.key';

/** `id` says which key a record needs, without telling anything about the key. */
export interface EncryptionKey {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

/** A key from a passphrase; the same text gives the same key. */
export function keyFromText(text: string): EncryptionKey {
  // A fixed salt, because the key has to come out the same on every machine that is given the text.
  return toKey(scryptSync(text, 'guixuflow credentials', KEY_BYTES));
}

/**
 * The key of an installation: from the configured text, else from `encryption.key` in the data folder, which is made
 * at the first call with mode 0600. Throws CONFIG_INVALID for a key file that is damaged or that others can read.
 */
export function openEncryptionKey(options: { dataDir: string; text: string | null }): EncryptionKey {
  if (options.text !== null) return keyFromText(options.text);
  const path = join(options.dataDir, FILE);
  try {
    writeKey(path, randomBytes(KEY_BYTES), 'wx');
  } catch (cause) {
    if (!isExisting(cause)) throw invalid(path, messageOf(cause), cause);
  }
  return readKeyFile(path);
}

/**
 * A new key for the key file of a data folder, which it replaces with `activate`. Throws CONFIG_INVALID where there is no
 * key file: the key is kept elsewhere then.
 */
export function renewKeyFile(dataDir: string): { key: EncryptionKey; activate(): void } {
  const path = join(dataDir, FILE);
  if (!existsSync(path))
    throw invalid(path, 'it is not there. The key is in the system keychain, or in GUIXU_ENCRYPTION_KEY');
  const bytes = randomBytes(KEY_BYTES);
  const written = `${path}.new`;
  rmSync(written, { force: true });
  writeKey(written, bytes, 'wx');
  return { key: toKey(bytes), activate: () => renameSync(written, path) };
}

function writeKey(path: string, bytes: Buffer, flag: string): void {
  writeFileSync(path, `${bytes.toString('base64')}\n`, { mode: 0o600, flag, flush: true });
}

function readKeyFile(path: string): EncryptionKey {
  let text: string;
  try {
    closeToOthers(path);
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid(path, messageOf(cause), cause);
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw invalid(path, `it must hold ${KEY_BYTES} bytes in base64. Restore it from a backup`);
  }
  return toKey(bytes);
}

/** A copied folder often comes with wider rights; nobody else has to read the key, so they are taken away. */
function closeToOthers(path: string): void {
  // Windows keeps access lists instead, and reports every file as readable by all.
  if (process.platform === 'win32') return;
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

export function toKey(bytes: Buffer): EncryptionKey {
  const id = createHash('sha256').update('guixuflow key id').update(bytes).digest().subarray(0, KEY_ID_BYTES);
  return { id, bytes };
}

function isExisting(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EEXIST';
}

function invalid(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('CONFIG_INVALID', { name: path, reason }, { cause });
}
