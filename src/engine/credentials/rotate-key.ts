import type { Storage, StoredCredential } from '../storage/index.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { seal, unseal } from './envelope.ts';
import { openKeyRing, settingOf } from './key-ring.ts';

const PAGE = 100;

/**
 * Makes the data readable with another key of the installation, and encrypts every credential anew with a data key that
 * the former key never opened. Until `activate` is done both keys open everything, so that a crash at any point leaves an
 * installation that works. Gives how many credentials there are, and the names of those that the former key did not open.
 */
export async function rotateKey(parts: {
  storage: Pick<Storage, 'credentials' | 'settings'>;
  from: EncryptionKey;
  to: EncryptionKey;
  /** From now on the installation uses the new key. */
  activate(): void;
}): Promise<{ credentials: number; unreadable: string[] }> {
  const { storage, from, to, activate } = parts;
  const { settings } = storage;
  const ring = (await openKeyRing(settings, from)).renewed();
  await settings.set(settingOf(from), ring.sealed(from));
  await settings.set(settingOf(to), ring.sealed(to));

  const unreadable: string[] = [];
  let credentials = 0;
  for await (const stored of everyCredential(storage)) {
    credentials++;
    const text = unseal(stored.secret, stored.id, ring);
    if (text === null) unreadable.push(stored.name);
    else await storage.credentials.update({ ...stored, secret: seal(text, stored.id, ring.current) });
  }
  activate();
  await settings.remove(settingOf(from));
  return { credentials, unreadable };
}

async function* everyCredential({
  credentials,
}: Pick<Storage, 'credentials'>): AsyncGenerator<StoredCredential> {
  let cursor: string | undefined;
  do {
    const page = await credentials.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
