import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { createCipher } from './cipher.ts';
import { keyFromText, openEncryptionKey, renewKeyFile, type EncryptionKey } from './encryption-key.ts';
import { KeyRing, openKeyRing, settingOf } from './key-ring.ts';
import { rotateKey } from './rotate-key.ts';
import { createVault } from './vault.ts';

const OLD = keyFromText('correct horse battery staple');
const NEW = keyFromText('another text of some length');
const basic = (name: string) => ({ name, type: 'basic-auth', data: { user: 'ann', password: `of ${name}` } });

describe('rotateKey', () => {
  let folder: string;
  let storage: Storage;
  const clock = new FakeClock();
  const open = async (key: EncryptionKey) => {
    const keys = await openKeyRing(storage.settings, key);
    return { keys, vault: createVault({ storage, keys, clock }), cipher: createCipher(keys, 'run data') };
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guixuflow-keys-'));
    storage = await openStorage({ kind: 'sqlite', dataDir: folder });
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps everything readable with the new key, and only with that one', async () => {
    const before = await open(OLD);
    const ids: string[] = [];
    for (let i = 0; i < 120; i++) ids.push((await before.vault.create(basic(`c${i}`))).id);
    const sealed = before.cipher.encrypt('run data');

    const result = await rotateKey({ storage, from: OLD, to: NEW, activate: () => undefined });
    expect(result).toEqual({ credentials: 120, unreadable: [] });
    const after = await open(NEW);
    expect((await after.vault.reveal(ids[119] ?? '')).data).toMatchObject({ password: 'of c119' });
    expect(after.cipher.decrypt(sealed)).toBe('run data');
    expect(after.keys.current.id).not.toEqual(before.keys.current.id);

    expect(await storage.settings.get(settingOf(OLD))).toBeUndefined();
    await expect((await open(OLD)).vault.reveal(ids[0] ?? '')).rejects.toMatchObject({
      code: 'CREDENTIAL_UNREADABLE',
    });
  });

  it('reads what was encrypted with the key itself, and encrypts it anew', async () => {
    const former = createVault({ storage, keys: new KeyRing(OLD), clock });
    const { id } = await former.create(basic('shop'));
    expect((await (await open(OLD)).vault.reveal(id)).data).toMatchObject({ password: 'of shop' });
    await rotateKey({ storage, from: OLD, to: NEW, activate: () => undefined });
    await expect(former.reveal(id)).rejects.toMatchObject({ code: 'CREDENTIAL_UNREADABLE' });
    expect((await (await open(NEW)).vault.reveal(id)).data).toMatchObject({ password: 'of shop' });
  });

  it('leaves an installation that works when it is cut off before the new key is in use', async () => {
    const { id } = await (await open(OLD)).vault.create(basic('shop'));
    const cutOff = () => {
      throw new Error('power cut');
    };
    await expect(rotateKey({ storage, from: OLD, to: NEW, activate: cutOff })).rejects.toThrow('power cut');
    expect((await (await open(OLD)).vault.reveal(id)).data).toMatchObject({ password: 'of shop' });
    await rotateKey({ storage, from: OLD, to: NEW, activate: () => undefined });
    expect((await (await open(NEW)).vault.reveal(id)).data).toMatchObject({ password: 'of shop' });
  });

  it('names the credentials that the former key did not open, and leaves them as they are', async () => {
    const stranger = await open(keyFromText('a third text of some length'));
    const { id } = await stranger.vault.create(basic('foreign'));
    expect(await rotateKey({ storage, from: OLD, to: NEW, activate: () => undefined })).toEqual({
      credentials: 1,
      unreadable: ['foreign'],
    });
    expect((await stranger.vault.reveal(id)).data).toMatchObject({ password: 'of foreign' });
  });

  it('opens one ring for all that start at once', async () => {
    const rings = await Promise.all([1, 2, 3].map(() => openKeyRing(storage.settings, OLD)));
    for (const ring of rings) expect(ring.current.id).toEqual(rings[0]?.current.id);
  });

  it('says that a ring is damaged', async () => {
    await storage.settings.set(settingOf(OLD), new KeyRing(NEW).sealed(NEW));
    await expect(open(OLD)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('replaces the key file as a whole', async () => {
    expect(() => renewKeyFile(folder)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    const from = openEncryptionKey({ dataDir: folder, text: null });
    // Left by one that was cut off.
    renewKeyFile(folder);
    const { key, activate } = renewKeyFile(folder);
    expect(openEncryptionKey({ dataDir: folder, text: null })).toEqual(from);
    activate();
    expect(openEncryptionKey({ dataDir: folder, text: null })).toEqual(key);
    expect(readdirSync(folder)).not.toContain('encryption.key.new');
  });
});
