import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../contract/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { keyFromText } from './encryption-key.ts';
import { KeyRing } from './key-ring.ts';
import { createVault, type Vault } from './vault.ts';

const KEYS = new KeyRing(keyFromText('correct horse battery staple'));
const BASIC = { name: 'Shop', type: 'basic-auth', data: { user: 'ann', password: 'hunter2hunter2' } };

describe('vault', () => {
  let folder: string;
  let storage: Storage;
  let vault: Vault;
  const clock = new FakeClock();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guixuflow-vault-'));
    storage = await openStorage({ kind: 'sqlite', dataDir: folder });
    vault = createVault({ storage, keys: KEYS, clock });
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives secrets to the engine and to nobody else', async () => {
    const created = await vault.create(BASIC);
    const stored = await storage.credentials.get(created.id);

    expect(created).toEqual({
      id: created.id,
      name: 'Shop',
      type: 'basic-auth',
      fields: { user: 'ann' },
      createdAt: clock.now(),
      updatedAt: clock.now(),
    });
    expect(await vault.reveal(created.id)).toEqual({ type: 'basic-auth', data: BASIC.data });
    const seen = JSON.stringify([created, await vault.list({ limit: 10 }), await vault.summary(created.id)]);
    expect(seen).not.toContain('hunter2');
    expect(Buffer.from(stored?.secret ?? []).toString('latin1')).not.toContain('hunter2');
  });

  it('composes the values to try without storing them', async () => {
    const { id } = await vault.create(BASIC);
    expect(await vault.compose({ id, type: 'basic-auth', data: { user: 'bob' } })).toEqual({
      user: 'bob',
      password: 'hunter2hunter2',
    });
    expect(await vault.compose({ type: 'basic-auth', data: BASIC.data })).toEqual(BASIC.data);
    await expect(vault.compose({ type: 'basic-auth', data: { user: 'bob' } })).rejects.toMatchObject({
      code: 'CREDENTIAL_INVALID',
    });
    expect((await vault.reveal(id)).data).toEqual(BASIC.data);
  });

  it('keeps the fields that an update leaves out', async () => {
    const { id } = await vault.create(BASIC);
    await vault.update({ id, data: { user: 'bob' } });
    expect(await vault.reveal(id)).toMatchObject({ data: { user: 'bob', password: 'hunter2hunter2' } });
    await vault.update({ id, data: { password: 'another one' } });
    expect(await vault.reveal(id)).toMatchObject({ data: { user: 'bob', password: 'another one' } });
    expect(await vault.update({ id, name: 'Store' })).toMatchObject({
      name: 'Store',
      fields: { user: 'bob' },
    });
  });

  it('refuses what is not complete or not known, without repeating values', async () => {
    const create = (type: string, data: Record<string, string>) => vault.create({ name: 'x', type, data });

    await expect(create('nothing', {})).rejects.toMatchObject({ code: 'CREDENTIAL_TYPE_UNKNOWN' });
    await expect(create('basic-auth', { user: 'ann' })).rejects.toMatchObject({
      code: 'CREDENTIAL_INVALID',
      facts: { reason: 'password is empty' },
    });
    await expect(create('bearer-auth', { token: 't', tokn: 'secret' })).rejects.toMatchObject({
      facts: { reason: 'tokn is not a field of bearer-auth' },
    });
    await expect(create('header-auth', { name: 'X', value: 'a\r\nCookie: b' })).rejects.toMatchObject({
      facts: { reason: 'value holds a line break' },
    });
    await expect(vault.update({ id: 'gone', name: 'x' })).rejects.toMatchObject({
      code: 'CREDENTIAL_NOT_FOUND',
    });
    await expect(vault.delete('gone')).rejects.toMatchObject({ code: 'CREDENTIAL_NOT_FOUND' });
    await expect(vault.reveal('gone')).rejects.toMatchObject({ code: 'CREDENTIAL_NOT_FOUND' });
    expect(await vault.summary('gone')).toBeNull();
  });

  it('does not decrypt with another key, until the secret is entered again', async () => {
    const { id } = await vault.create(BASIC);
    const other = createVault({ storage, keys: new KeyRing(keyFromText('another key altogether')), clock });

    await expect(other.reveal(id)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNREADABLE',
      facts: { name: 'Shop' },
    });
    await expect(other.update({ id, data: { user: 'bob' } })).rejects.toMatchObject({
      code: 'CREDENTIAL_UNREADABLE',
    });
    await other.update({ id, data: { password: 'entered again' } });
    expect(await other.reveal(id)).toMatchObject({ data: { user: 'ann', password: 'entered again' } });
  });

  it('notices when a record was changed or swapped for another', async () => {
    const first = await vault.create(BASIC);
    const second = await vault.create({ ...BASIC, name: 'Other' });
    const stored = await storage.credentials.get(first.id);
    if (!stored) throw new Error('not stored');

    await storage.credentials.update({ ...stored, id: second.id });
    await expect(vault.reveal(second.id)).rejects.toMatchObject({ code: 'CREDENTIAL_UNREADABLE' });
    for (const position of [0, 3, 12, 25, stored.secret.length - 1]) {
      const secret = Uint8Array.from(stored.secret);
      secret[position] = (secret[position] ?? 0) ^ 1;
      await storage.credentials.update({ ...stored, secret });
      await expect(vault.reveal(first.id)).rejects.toMatchObject({ code: 'CREDENTIAL_UNREADABLE' });
    }
  });

  it('keeps a credential that a draft or a published version uses', async () => {
    const { id } = await vault.create(BASIC);
    const document = (credentials: Record<string, string>) =>
      WorkflowDocument.parse({
        name: 'Orders',
        nodes: [{ id: 'n', name: 'N', type: 'http-request', credentials }],
      });
    const inUse = { code: 'CREDENTIAL_IN_USE', facts: { name: 'Shop', workflows: ['Orders'] } };

    const stored = await storage.workflows.insert({ id: 'w', document: document({ auth: id }), now: 1 });
    await expect(vault.delete(id)).rejects.toMatchObject(inUse);
    await storage.workflows.publish('w', 2);
    await storage.workflows.saveDraft({ id: 'w', document: document({}), revision: stored.revision, now: 3 });
    await expect(vault.delete(id)).rejects.toMatchObject(inUse);
    await storage.workflows.publish('w', 4);
    await vault.delete(id);
    expect(await vault.summary(id)).toBeNull();
  });
});
