import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder, readDataFolderOwner } from '../../src/engine/storage/index.ts';
import { removeFolder, temporaryFolder } from './databases.ts';

describe('openDataFolder', () => {
  let base: string;
  beforeEach(() => {
    base = temporaryFolder();
  });
  afterEach(() => removeFolder(base));

  it('makes the folder for its owner alone', () => {
    const folder = openDataFolder(join(base, 'new', 'data'));
    expect(statSync(folder.path).isDirectory()).toBe(true);
    if (process.platform !== 'win32') expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    folder.release();
  });

  it('refuses a second engine and names the first', () => {
    const first = openDataFolder(base);
    expect(() => openDataFolder(base)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_LOCKED' }));
    first.announce('http://127.0.0.1:5680', 'a token');

    expect(() => openDataFolder(base)).toThrow(
      /in use by a running GuixuFlow \(http:\/\/127\.0\.0\.1:5680\)/,
    );
    expect(readDataFolderOwner(base)).toEqual({
      url: 'http://127.0.0.1:5680',
      token: 'a token',
      pid: process.pid,
      bootId: first.bootId,
    });
    if (process.platform !== 'win32') expect(statSync(join(base, 'owner.json')).mode & 0o777).toBe(0o600);
    first.release();
    first.release();
    expect(existsSync(join(base, 'owner.json'))).toBe(false);
    openDataFolder(base).release();
  });

  it('takes over from an owner that was killed', async () => {
    const owner = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { openDataFolder } from ${JSON.stringify(new URL('../../src/engine/storage/index.ts', import.meta.url).href)};
       openDataFolder(${JSON.stringify(base)}).announce('http://127.0.0.1:1', 'a token');
       process.stdout.write('taken');
       setInterval(() => {}, 1000);`,
    ]);
    await once(owner.stdout, 'data');
    expect(() => openDataFolder(base)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_LOCKED' }));
    const ended = once(owner, 'exit');
    owner.kill('SIGKILL');
    await ended;

    const folder = openDataFolder(base);
    expect(readDataFolderOwner(base)).toBeNull();
    folder.release();
  });

  it('says why a folder cannot be written', () => {
    // Below a file, because a superuser may write to every folder.
    const file = join(base, 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(join(file, 'data'))).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNWRITABLE',
        facts: expect.objectContaining({
          path: join(file, 'data'),
          reason: expect.stringContaining('ENOTDIR'),
        }),
      }),
    );
  });
});
