import { constants } from 'node:fs';
import { realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createId, type NodeFiles } from '../kernel/index.ts';
import type { LocalFiles } from '../node-kit/index.ts';
import { AllowedFolders } from './allowed-folders.ts';
import { fileFailure, notOrdinary } from './file-failure.ts';
import { findFiles } from './find-files.ts';
import { openInside } from './open-inside.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;

/** Gives nodes the files in the allowed folders. */
export function createLocalFiles(rules: NodeFiles): LocalFiles {
  const allowed = new AllowedFolders(rules);

  return {
    find: (pattern) => told(pattern, () => findFiles(pattern, allowed)),

    read: (path, use) =>
      told(path, async () => {
        const real = await realpath(await allowed.resolve(path));
        const handle = await openInside(real, O_RDONLY, { allowed, shown: path });
        try {
          const { size, mtimeMs } = await handle.stat();
          const content = handle.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>;
          return await use({ path: real, size, modifiedAt: Math.trunc(mtimeMs), content });
        } finally {
          await handle.close();
        }
      }),

    write: (path, content, mode) =>
      told(path, async () => {
        const target = await realTarget(await allowed.resolve(path));
        const size = await (mode === 'append' ? append : replace)(target, content, path);
        return { path: target, size };
      }),
  };

  async function append(target: string, content: AsyncIterable<Uint8Array>, shown: string): Promise<number> {
    const handle = await openInside(target, O_WRONLY | O_APPEND | O_CREAT, { allowed, shown });
    try {
      return await pour(content, handle);
    } finally {
      await handle.close();
    }
  }

  async function replace(target: string, content: AsyncIterable<Uint8Array>, shown: string): Promise<number> {
    await allowed.admit(target, shown);
    const before = await stat(target).catch(() => undefined);
    if (before && !before.isFile()) throw notOrdinary(shown);
    // A name nobody can guess: should the folder become a link meanwhile, there is nothing of that name to rename.
    const temporary = join(dirname(target), `.${createId()}.part`);
    const handle = await openInside(temporary, O_WRONLY | O_CREAT | O_EXCL, { allowed, shown });
    try {
      const size = await pour(content, handle).finally(async () => {
        if (before) await handle.chmod(before.mode & 0o777);
        await handle.close();
      });
      await rename(temporary, target);
      return size;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

async function told<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(error, shown);
  }
}

/** Where writing ends up: an existing link is followed, a new file lies in its folder's real place. */
async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return join(await realpath(dirname(path)), basename(path));
  }
}

async function pour(content: AsyncIterable<Uint8Array>, handle: FileHandle): Promise<number> {
  let size = 0;
  for await (const chunk of content) {
    await handle.writeFile(chunk);
    size += chunk.byteLength;
  }
  return size;
}
