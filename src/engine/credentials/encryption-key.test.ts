import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEncryptionKey } from './encryption-key.ts';

describe('openEncryptionKey', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-key-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  const keyFile = () => join(dataDir, 'encryption.key');

  it('makes a key file once and reads it from then on', () => {
    const made = openEncryptionKey({ dataDir, text: null });
    expect(made.bytes).toHaveLength(32);
    expect(openEncryptionKey({ dataDir, text: null })).toEqual(made);
  });

  it.skipIf(process.platform === 'win32')('keeps the key file to its owner', () => {
    openEncryptionKey({ dataDir, text: null });
    chmodSync(keyFile(), 0o644);
    openEncryptionKey({ dataDir, text: null });
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it('prefers the configured text, which gives the same key everywhere', () => {
    const key = openEncryptionKey({ dataDir, text: 'a text of some length' });
    expect(openEncryptionKey({ dataDir: '/nowhere', text: 'a text of some length' })).toEqual(key);
    expect(openEncryptionKey({ dataDir, text: 'another text of some length' }).id).not.toEqual(key.id);
  });

  it('refuses a damaged key file and leaves it as it is', () => {
    writeFileSync(keyFile(), 'not a key');
    expect(() => openEncryptionKey({ dataDir, text: null })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        facts: expect.objectContaining({ name: keyFile() }),
      }),
    );
  });
});
