import { randomBytes } from 'node:crypto';

const SERVICE = 'GuixuFlow';

/** The keytar API, as far as it is used. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null | undefined>;
  setPassword(service: string, account: string, password: string): Promise<void>;
}

/**
 * The key that encrypts the credentials of this data folder, from the system's keychain. With `create`, one is made and
 * kept there when there is none. Null where there is no keychain to ask (`onUnavailable` hears why): the engine then
 * keeps a key file of its own.
 */
export async function findEncryptionKey(
  keychain: () => Promise<Keychain>,
  request: { dataDir: string; create: boolean },
  onUnavailable: (error: unknown) => void,
): Promise<string | null> {
  // One entry per folder: a second profile has a key of its own.
  const account = `encryption-key:${request.dataDir}`;
  try {
    const { getPassword, setPassword } = await keychain();
    const stored = await getPassword(SERVICE, account);
    if (stored) return stored;
    if (!request.create) return null;
    const key = randomBytes(32).toString('base64url');
    await setPassword(SERVICE, account, key);
    // Some keychains take a secret and forget it. Better a key file than credentials nobody can read tomorrow.
    return (await getPassword(SERVICE, account)) === key ? key : null;
  } catch (error) {
    onUnavailable(error);
    return null;
  }
}
