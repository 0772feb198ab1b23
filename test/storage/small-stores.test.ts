import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredCredential } from '../../src/engine/storage/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { NOW } from './samples.ts';

describeDatabases('credential, setting and blob stores', (open) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.drop());

  it('keeps credentials with their bytes', async () => {
    const { credentials } = database.storage;
    const credential = (id: string, type: string): StoredCredential => ({
      id,
      name: `Name ${id}`,
      type,
      fields: { user: 'ann' },
      secret: Buffer.from([0, 255, 39, 92]),
      createdAt: NOW,
      updatedAt: NOW,
    });
    await credentials.insert(credential('a', 'basic-auth'));
    await credentials.insert(credential('b', 'bearer-auth'));
    await credentials.update({
      ...credential('b', 'bearer-auth'),
      name: 'Renamed',
      secret: Buffer.from('new'),
    });

    expect(await credentials.get('a')).toEqual(credential('a', 'basic-auth'));
    expect(await credentials.get('b')).toMatchObject({ name: 'Renamed', secret: Buffer.from('new') });
    expect(await credentials.get('c')).toBeNull();
    const first = await credentials.list({ limit: 1 });
    expect(first).toMatchObject({ items: [{ id: 'b' }], total: 2 });
    expect(await credentials.list({ limit: 1, cursor: first.nextCursor ?? '' })).toMatchObject({
      items: [{ id: 'a' }],
      nextCursor: null,
    });
    expect(await credentials.list({ limit: 9, type: 'basic-auth' })).toMatchObject({
      items: [{ id: 'a' }],
      total: 1,
    });
    expect(await credentials.delete('a')).toBe(true);
    expect(await credentials.delete('a')).toBe(false);
  });

  it('keeps settings of any JSON value', async () => {
    const { settings } = database.storage;
    expect(await settings.get('theme')).toBeUndefined();
    await settings.set('theme', 'dark');
    await settings.set('theme', { dark: true, sizes: [1, 2] });
    await settings.set('empty', null);
    const reopened = await database.reopen();

    expect(await reopened.settings.get('theme')).toEqual({ dark: true, sizes: [1, 2] });
    expect(await reopened.settings.get('empty')).toBeNull();
  });

  it('keeps the same bytes once, however they came', async () => {
    const { blobs } = database.storage;
    const chunks = async function* () {
      yield Buffer.from('hello ');
      yield await Promise.resolve(Buffer.from('world'));
    };
    const whole = await blobs.write(Buffer.from('hello world'), {
      mimeType: 'text/plain',
      fileName: 'a.txt',
    });
    const streamed = await blobs.write(chunks(), { mimeType: 'text/plain' });

    expect(whole).toEqual({
      blobId: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      size: 11,
      mimeType: 'text/plain',
      fileName: 'a.txt',
    });
    expect(streamed.blobId).toBe(whole.blobId);
    expect((await blobs.read(streamed)).toString()).toBe('hello world');
    const parts: Uint8Array[] = [];
    for await (const part of blobs.stream(whole)) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('hello world');
    const path = join(database.options.dataDir, 'blobs', 'b9', whole.blobId.slice(2));
    expect(readFileSync(path, 'utf8')).toBe('hello world');
  });

  it('leaves nothing behind when a stream breaks off', async () => {
    const { blobs } = database.storage;
    const broken = async function* () {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('connection lost');
    };

    await expect(blobs.write(broken(), { mimeType: 'text/plain' })).rejects.toThrow('connection lost');
    expect(readdirSync(join(database.options.dataDir, 'blobs', 'incoming'))).toEqual([]);
  });

  it('keeps what was received only when told to', async () => {
    const { blobs } = database.storage;
    const wanted = await blobs.receive(Buffer.from('wanted'), { mimeType: 'text/plain' });
    const unwanted = await blobs.receive(Buffer.from('unwanted'), { mimeType: 'text/plain' });
    expect(await blobs.has(wanted.reference)).toBe(false);
    await wanted.keep();
    await unwanted.discard();
    expect((await blobs.read(wanted.reference)).toString()).toBe('wanted');
    expect(await blobs.has(unwanted.reference)).toBe(false);
    expect(readdirSync(join(database.options.dataDir, 'blobs', 'incoming'))).toEqual([]);
  });

  it('reads nothing outside its folder, whatever an item says', async () => {
    const { blobs } = database.storage;
    mkdirSync(join(database.options.dataDir, 'blobs'), { recursive: true });
    const forged = { blobId: '../../../etc/passwd', mimeType: 'x', size: 1, sha256: 'x' };
    const missing = { ...forged, blobId: '0'.repeat(64) };

    for (const reference of [forged, missing]) {
      await expect(blobs.read(reference)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(blobs.stream(reference)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await blobs.has(reference)).toBe(false);
    }
  });
});
