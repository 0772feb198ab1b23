import { describe, expect, it } from 'vitest';
import { findEncryptionKey, type Keychain } from './keychain.ts';

function keychainIn(entries: Map<string, string>): Keychain {
  return {
    getPassword: (service, account) => Promise.resolve(entries.get(`${service}/${account}`) ?? null),
    setPassword: (service, account, password) => {
      entries.set(`${service}/${account}`, password);
      return Promise.resolve();
    },
  };
}

describe('findEncryptionKey', () => {
  it('makes a key once and gives the same one ever after', async () => {
    const keychain = keychainIn(new Map());
    const find = () =>
      findEncryptionKey(
        () => Promise.resolve(keychain),
        { dataDir: '/data', create: true },
        () => {},
      );
    const key = await find();
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(await find()).toBe(key);
  });

  it('keeps a key per data folder', async () => {
    const keychain = keychainIn(new Map());
    const find = (dataDir: string) =>
      findEncryptionKey(
        () => Promise.resolve(keychain),
        { dataDir, create: true },
        () => {},
      );
    expect(await find('/one')).not.toBe(await find('/two'));
  });

  it('makes none for a folder that already has a key file', async () => {
    const entries = new Map<string, string>();
    const key = await findEncryptionKey(
      () => Promise.resolve(keychainIn(entries)),
      { dataDir: '/data', create: false },
      () => {},
    );
    expect([key, entries.size]).toEqual([null, 0]);
  });

  it('gives none when the keychain forgets what it is given', async () => {
    const forgetful: Keychain = {
      getPassword: () => Promise.resolve(null),
      setPassword: () => Promise.resolve(),
    };
    const request = { dataDir: '/data', create: true };
    expect(
      await findEncryptionKey(
        () => Promise.resolve(forgetful),
        request,
        () => {},
      ),
    ).toBeNull();
  });

  it('says why when there is no keychain', async () => {
    const reasons: unknown[] = [];
    const missing = () => Promise.reject(new Error('No D-Bus'));
    const request = { dataDir: '/data', create: true };
    expect(await findEncryptionKey(missing, request, (error) => reasons.push(error))).toBeNull();
    expect(reasons).toEqual([new Error('No D-Bus')]);
  });
});
