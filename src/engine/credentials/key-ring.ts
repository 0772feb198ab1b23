import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../kernel/index.ts';
import type { SettingStore } from '../storage/index.ts';
import { KEY_BYTES, toKey, type EncryptionKey } from './encryption-key.ts';
import { seal, unseal } from './envelope.ts';

/**
 * The keys that data is encrypted with. They lie in the database, encrypted with the installation's key, which can
 * therefore be replaced while what is stored stays readable.
 */
export class KeyRing {
  readonly #keys: readonly [EncryptionKey, ...EncryptionKey[]];

  constructor(...keys: [EncryptionKey, ...EncryptionKey[]]) {
    this.#keys = keys;
  }

  /** What is new is encrypted with it. */
  get current(): EncryptionKey {
    return this.#keys[0];
  }

  /** Undefined for a key that is none of the ring's. */
  find(id: Uint8Array): EncryptionKey | undefined {
    return this.#keys.find((key) => key.id.equals(id));
  }

  /** A ring with a new current key; what the others encrypted stays readable. */
  renewed(): KeyRing {
    return new KeyRing(newDataKey(), ...this.#keys);
  }

  /** The ring as a text that only this key opens. */
  sealed(key: EncryptionKey): string {
    const keys = this.#keys.map(({ bytes }) => bytes.toString('base64'));
    return seal(JSON.stringify(keys), OWNER, key).toString('base64');
  }
}

const OWNER = 'data keys';
const Keys = z.tuple([z.base64()], z.base64());

/**
 * The ring that the installation's key opens; made at the first call. Another key gets a ring of its own and leaves the
 * first as it was. Throws CONFIG_INVALID for a ring that was damaged.
 */
export async function openKeyRing(settings: SettingStore, key: EncryptionKey): Promise<KeyRing> {
  // The key itself is what data was encrypted with before there were rings.
  const made = new KeyRing(newDataKey(), key).sealed(key);
  const stored = z.string().parse(await settings.ensure(settingOf(key), made));
  const text = unseal(Buffer.from(stored, 'base64'), OWNER, new KeyRing(key));
  if (text === null) throw new EngineError('CONFIG_INVALID', { name: OWNER, reason: 'they are damaged' });
  const [current, ...others] = Keys.parse(JSON.parse(text));
  return new KeyRing(open(current), ...others.map(open));
}

/** Where the ring of this key is kept. */
export function settingOf(key: EncryptionKey): string {
  return `data-keys:${key.id.toString('hex')}`;
}

function newDataKey(): EncryptionKey {
  return toKey(randomBytes(KEY_BYTES));
}

function open(bytes: string): EncryptionKey {
  return toKey(Buffer.from(bytes, 'base64'));
}
