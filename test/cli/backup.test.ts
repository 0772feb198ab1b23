import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SHORT } from '../contract/documents.ts';
import { CliBench, KEY } from './run-cli.ts';

const SLOW = 60_000;
let bench: CliBench;
beforeEach(async () => {
  bench = await CliBench.create();
});
afterEach(() => bench.dispose());

describe('backup and restore on the command line', { timeout: SLOW }, () => {
  const file = () => join(bench.dir, 'all.zip');
  const importInto = async (dir: string) => {
    const workflow = await bench.write('short.json', SHORT);
    const { stdout } = await bench.run(['import', workflow, '--data', dir]);
    return stdout;
  };

  it('copies a folder, also while an engine works on it, and brings it back in another', async () => {
    await importInto(bench.dataDir);
    const server = await bench.serve();
    const backup = await bench.run(['backup', file(), '--data', bench.dataDir]);
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    expect(backup.stdout).toContain(file());

    const refused = await bench.run(['restore', file(), '--data', bench.dataDir]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATA_FOLDER_LOCKED') as string,
    });
    await server.stop();

    const other = join(bench.dir, 'other');
    await importInto(other);
    await importInto(other);
    const restored = await bench.run(['restore', file(), '--data', other]);
    expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining('no key') as string });
    expect(restored.stdout).toContain('guixuflow.db.before-restore');
    const again = await bench.run(['backup', join(bench.dir, 'again.zip'), '--data', other, '--with-key']);
    expect(again).toMatchObject({ code: 0 });
    expect((await readdir(other)).filter((name) => name.includes('pending'))).toEqual([]);
  });

  it('is restored into a running engine, which starts anew at the same address', async () => {
    const server = await bench.serve();
    const headers = { authorization: `Bearer ${KEY}` };
    const names = async () => {
      const answer = await fetch(`${server.url}/api/v1/workflows`, { headers }).catch(() => null);
      if (!answer?.ok) return null;
      return ((await answer.json()) as { items: Array<{ name: string }> }).items.map(({ name }) => name);
    };
    const backup = await (await fetch(`${server.url}/backup`, { headers })).arrayBuffer();
    await importInto(bench.dataDir);
    expect(await names()).toEqual(['Short']);
    const answer = await fetch(`${server.url}/restore`, { method: 'POST', body: backup, headers });
    expect(await answer.json()).toMatchObject({ restarts: true });
    await expect.poll(names, { timeout: 30_000 }).toEqual([]);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  it('replaces the key while nothing runs on the folder', async () => {
    const server = await bench.serve();
    const rotate = (env = {}) => bench.run(['rotate-key', '--data', bench.dataDir], env);
    expect(await rotate()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATA_FOLDER_LOCKED') as string,
    });
    await server.stop();
    const key = () => readFile(join(bench.dataDir, 'encryption.key'), 'utf8');
    const former = await key();
    expect(await rotate()).toMatchObject({ code: 0, stderr: '' });
    expect(await key()).not.toBe(former);
    const GUIXU_ENCRYPTION_KEY = 'a text of some length';
    expect(await rotate({ GUIXU_ENCRYPTION_KEY })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('GUIXU_NEW_ENCRYPTION_KEY') as string,
    });
    const renewed = await rotate({
      GUIXU_ENCRYPTION_KEY,
      GUIXU_NEW_ENCRYPTION_KEY: 'another one of that kind',
    });
    expect(renewed).toMatchObject({ code: 0 });
  });

  it('says what is wrong with a file, and leaves nothing behind', async () => {
    const broken = await bench.write('broken.zip', 'not a backup');
    const result = await bench.run(['restore', broken, '--data', bench.dataDir], { LC_ALL: 'zh_CN.UTF-8' });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('无法恢复该备份') as string });
    expect(existsSync(join(bench.dataDir, 'guixuflow.db'))).toBe(false);
    expect(await bench.run(['restore'])).toMatchObject({ code: 2 });
    expect(await bench.run(['backup', 'a', 'b'])).toMatchObject({ code: 2 });
  });
});
