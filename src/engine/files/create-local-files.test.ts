import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalFiles } from '../node-kit/index.ts';
import { createLocalFiles } from './create-local-files.ts';

let root: string;
let files: LocalFiles;
const inside = (...parts: string[]) => join(root, 'inside', ...parts);
const outside = (...parts: string[]) => join(root, 'outside', ...parts);

const besides = () => ({ own: join(root, 'data', 'files'), closed: [join(root, 'data')] });

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
const textOf = (path: string) => files.read(path, async ({ content }) => (await buffer(content)).toString());
const FORBIDDEN = { code: 'FILE_FORBIDDEN' };

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'guixuflow-files-')));
  await mkdir(inside('deep'), { recursive: true });
  await mkdir(outside());
  await writeFile(outside('secret.txt'), 'secret');
  files = createLocalFiles({ folders: [inside()], ...besides() });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('createLocalFiles', () => {
  it('reads and writes files, relative paths in the first folder', async () => {
    expect(await files.write('deep/a.txt', bytes('he', 'llo'), 'replace')).toEqual({
      path: inside('deep', 'a.txt'),
      size: 5,
    });
    await files.write(inside('deep', 'a.txt'), bytes('!'), 'append');
    expect(await textOf('deep/a.txt')).toBe('hello!');
    await files.write('deep/a.txt', bytes('new'), 'replace');
    const about = await files.read('deep/a.txt', ({ size, path }) => Promise.resolve({ size, path }));
    expect(about).toEqual({ size: 3, path: inside('deep', 'a.txt') });
    expect(await readdir(inside('deep'))).toEqual(['a.txt']);
  });

  it('keeps the old file, and its mode, when the new content does not come', async () => {
    await writeFile(inside('a.sh'), 'old');
    await chmod(inside('a.sh'), 0o750);
    async function* broken() {
      yield* bytes('half');
      throw new Error('no more');
    }
    await expect(files.write('a.sh', broken(), 'replace')).rejects.toThrow('no more');
    expect(await textOf('a.sh')).toBe('old');
    expect(await readdir(inside())).toEqual(['a.sh', 'deep']);
    await files.write('a.sh', bytes('new'), 'replace');
    expect((await stat(inside('a.sh'))).mode & 0o777).toBe(0o750);
  });

  it('finds files by patterns, in order and without those behind links', async () => {
    for (const name of ['b.csv', 'a.csv', 'c.txt', '[1].csv', 'deep/d.csv'])
      await writeFile(inside(name), name);
    await symlink(outside(), inside('out'));
    await symlink(outside('secret.txt'), inside('z.csv'));
    const names = async (pattern: string) =>
      (await files.find(pattern)).map((path) => path.slice(inside().length + 1));
    expect(await names('[ab].csv')).toEqual(['a.csv', 'b.csv']);
    expect(await names('**/*.{csv,md}')).toEqual(['[1].csv', 'a.csv', 'b.csv', 'deep/d.csv']);
    expect(await names('[1].csv')).toEqual(['[1].csv']);
    expect(await names(`${inside()}/*.txt`)).toEqual(['c.txt']);
    expect(await names('out/*.txt').catch((error: { code: string }) => error.code)).toBe('FILE_FORBIDDEN');
    expect(await names('none/*.txt')).toEqual([]);
    for (const pattern of ['/etc/*', `${outside()}/*`, '*/../../outside/*', '{../outside,x}/*', '/*'])
      await expect(files.find(pattern)).rejects.toMatchObject(FORBIDDEN);
  });

  it('lets no path out, and names the allowed folders', async () => {
    await symlink(outside(), inside('out'));
    await symlink(outside('secret.txt'), inside('link.txt'));
    await symlink(outside('new.txt'), inside('dangling.txt'));
    for (const path of [
      '../outside/secret.txt',
      outside('secret.txt'),
      outside('none'),
      'out/secret.txt',
      'link.txt',
      'a\0b',
    ])
      await expect(textOf(path)).rejects.toMatchObject({
        code: 'FILE_FORBIDDEN',
        facts: { path, folders: inside() },
      });
    for (const path of ['../outside/new.txt', 'out/new.txt', 'link.txt', `${inside()}-beside.txt`])
      for (const mode of ['replace', 'append'] as const)
        await expect(files.write(path, bytes('x'), mode)).rejects.toMatchObject(FORBIDDEN);
    // A link that leads nowhere is not written through: the first refuses it, the second takes its place.
    await expect(files.write('dangling.txt', bytes('x'), 'append')).rejects.toMatchObject({
      code: 'FILE_FAILED',
    });
    await files.write('dangling.txt', bytes('x'), 'replace');
    expect(await readdir(outside())).toEqual(['secret.txt']);
    expect(await readFile(outside('secret.txt'), 'utf8')).toBe('secret');
  });

  it('stays inside when folders become links during the work', async () => {
    async function* swapping() {
      yield* bytes('x');
      await rename(inside('deep'), inside('moved'));
      await symlink(outside(), inside('deep'));
    }
    await expect(files.write('deep/new.txt', swapping(), 'replace')).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    expect(await readdir(outside())).toEqual(['secret.txt']);
  });

  it('follows links that stay inside', async () => {
    await writeFile(inside('deep', 'a.txt'), 'a');
    await symlink(inside('deep'), inside('short'));
    expect(await textOf('short/a.txt')).toBe('a');
    await link(inside('deep', 'a.txt'), inside('b.txt'));
    expect(await textOf('b.txt')).toBe('a');
  });

  it('opens ordinary files only', async () => {
    await expect(textOf('deep')).rejects.toMatchObject({ code: 'FILE_FAILED' });
    await expect(files.write('deep', bytes('x'), 'replace')).rejects.toMatchObject({ code: 'FILE_FAILED' });
    await expect(textOf('none.txt')).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      facts: { path: 'none.txt' },
    });
    await expect(files.write('none/a.txt', bytes('x'), 'append')).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it.runIf(process.platform !== 'win32')('does not wait at a pipe', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', inside('pipe')]);
    await expect(textOf('pipe')).rejects.toMatchObject({ code: 'FILE_FAILED' });
    for (const mode of ['replace', 'append'] as const)
      await expect(files.write('pipe', bytes('x'), mode)).rejects.toMatchObject({ code: 'FILE_FAILED' });
  });

  it('keeps out of the data folder, where nodes have one folder', async () => {
    await mkdir(join(root, 'data'));
    await writeFile(join(root, 'data', 'key'), 'key');
    const wide = createLocalFiles({ folders: [root], ...besides() });
    await expect(wide.read('data/key', () => Promise.resolve())).rejects.toMatchObject(FORBIDDEN);
    const own = join(root, 'data', 'files');
    const usual = createLocalFiles({ folders: [own], ...besides() });
    expect(await usual.write('a.txt', bytes('a'), 'replace')).toMatchObject({ path: join(own, 'a.txt') });
    await expect(usual.write('../key', bytes('x'), 'replace')).rejects.toMatchObject(FORBIDDEN);
    expect(await wide.find('data/files/*')).toEqual([join(own, 'a.txt')]);
  });
});
