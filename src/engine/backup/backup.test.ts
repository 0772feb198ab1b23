import BetterSqlite3 from 'better-sqlite3';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../storage/index.ts';
import { finishRestore, stageRestore, writeBackup } from './index.ts';

describe('backup and restore', () => {
  let base: string;
  let from: string;
  let to: string;
  let file: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'guixuflow-backup-'));
    from = join(base, 'from');
    to = join(base, 'to');
    file = join(base, 'backup.zip');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const TO = () => ({ dataDir: to, database: 'sqlite' }) as const;
  const sqlite = (dataDir: string) => openStorage({ kind: 'sqlite', dataDir });

  async function fill(dataDir: string, mark: string) {
    const storage = await sqlite(dataDir);
    await storage.settings.set('mark', mark);
    const blob = await storage.blobs.write(Buffer.from(mark), { mimeType: 'text/plain' });
    return { storage, blob };
  }

  async function save(storage: Storage, { withKey = false } = {}) {
    const source = {
      storage,
      dataDir: from,
      version: '1.2.3',
      now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
      keepFiles: <T>(work: () => Promise<T>) => work(),
    };
    const { content, fileName, manifest } = await writeBackup(source, { withKey });
    await pipeline(content, createWriteStream(file));
    return { fileName, manifest };
  }

  async function markIn(dataDir: string) {
    const storage = await sqlite(dataDir);
    const mark = await storage.settings.get('mark');
    await storage.close();
    return mark;
  }

  it('brings everything back, and keeps aside what was there', async () => {
    const { storage, blob } = await fill(from, 'new');
    await writeFile(join(from, 'encryption.key'), 'the key');
    const saving = save(storage, { withKey: true });
    // The engine goes on while the copy is made.
    for (let n = 0; n < 50; n++) await storage.settings.set(`during-${n}`, n);
    const { fileName, manifest } = await saving;
    expect(fileName).toBe('guixuflow-2026-01-02-03-04-05.zip');
    expect(manifest).toMatchObject({ version: '1.2.3', files: { count: 1, bytes: 3 }, includesKey: true });
    // Removed once all of it was read.
    await expect.poll(() => readdirSync(from).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await storage.close();
    await (await fill(to, 'old')).storage.close();

    expect(await stageRestore(file, TO())).toEqual(manifest);
    expect(await markIn(to)).toBe('old');
    const kept = finishRestore(to);
    expect(kept).toEqual(['blobs', 'guixuflow.db'].map((name) => join(to, `${name}.before-restore`)));
    expect(await markIn(to)).toBe('new');
    expect(await readFile(join(to, 'encryption.key'), 'utf8')).toBe('the key');
    const restored = await sqlite(to);
    expect(await restored.blobs.read(blob)).toEqual(Buffer.from('new'));
    await restored.close();
    expect(finishRestore(to)).toBeNull();
  });

  it('goes on with a restore that was killed after any of its steps', async () => {
    const { storage } = await fill(from, 'new');
    await save(storage);
    await storage.close();
    const names = ['guixuflow.db', 'blobs'];
    for (const steps of [0, 1, 2, 3, 4]) {
      rmSync(to, { recursive: true, force: true });
      await (await fill(to, 'old')).storage.close();
      await writeFile(join(to, 'guixuflow.db-wal'), '');
      await stageRestore(file, TO());
      // What `finishRestore` does, up to the step at which it was killed.
      names.toReversed().forEach((name, index) => {
        const path = join(to, name);
        if (index * 2 < steps) renameSync(path, `${path}.before-restore`);
        if (index * 2 + 1 < steps) renameSync(join(to, 'restore-pending', name), path);
      });
      finishRestore(to);
      expect(await markIn(to)).toBe('new');
      expect(existsSync(join(to, 'restore-pending'))).toBe(false);
      const old = new BetterSqlite3(join(to, 'guixuflow.db.before-restore'));
      expect(old.prepare("select value from settings where key = 'mark'").pluck().get()).toBe('"old"');
      old.close();
    }
  });

  describe('refuses and changes nothing', () => {
    let before: string[];
    beforeEach(async () => {
      await (await fill(to, 'old')).storage.close();
      before = readdirSync(to).sort();
    });
    const refusal = () => stageRestore(file, TO()).catch((error: unknown) => error);
    afterEach(async () => {
      expect(readdirSync(to).sort()).toEqual(before);
      expect(await markIn(to)).toBe('old');
    });

    it('a file that is no backup', async () => {
      await writeFile(file, 'hello');
      expect(await refusal()).toMatchObject({ code: 'BACKUP_INVALID' });
    });

    it('a file that was cut or changed', async () => {
      const { storage } = await fill(from, 'new');
      await save(storage);
      await storage.close();
      const whole = await readFile(file);
      for (const part of [0.2, 0.9, 0.999]) {
        await writeFile(file, whole.subarray(0, Math.floor(whole.length * part)));
        expect(await refusal()).toMatchObject({ code: 'BACKUP_INVALID' });
      }
      for (const part of [0.3, 0.5, 0.7]) {
        const changed = Buffer.from(whole);
        const at = Math.floor(whole.length * part);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        await writeFile(file, changed);
        expect(await refusal()).toMatchObject({ code: 'BACKUP_INVALID' });
      }
    });

    it('a newer schema', async () => {
      const { storage } = await fill(from, 'new');
      await storage.close();
      const db = new BetterSqlite3(join(from, 'guixuflow.db'));
      db.exec("insert into schema_migrations values (999, 'future', 0)");
      const copy = async (path: string) => {
        await db.backup(path);
        return 999;
      };
      await save({ ...storage, copyDatabase: copy });
      db.close();
      expect(await refusal()).toMatchObject({ code: 'DATABASE_TOO_NEW', facts: { version: 999 } });
    });

    it('a backup of PostgreSQL', async () => {
      mkdirSync(from);
      await save({ ...(await fill(from, 'x')).storage, copyDatabase: () => Promise.resolve(null) });
      expect(await refusal()).toMatchObject({ code: 'BACKUP_DATABASE_MISMATCH' });
    });

    it('to add a key that is not in the folder', async () => {
      const { storage } = await fill(from, 'new');
      await expect(save(storage, { withKey: true })).rejects.toMatchObject({ code: 'BACKUP_KEY_MISSING' });
      await storage.close();
    });
  });
});
