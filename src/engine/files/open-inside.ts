import { constants } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import type { AllowedFolders } from './allowed-folders.ts';
import { notOrdinary } from './file-failure.ts';

// Windows has neither; there a link is found by comparing what was opened with what is at the path.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/**
 * Opens an ordinary file whose path is free of symbolic links. What was opened is looked at again afterwards: between
 * a look and the opening, a folder can be exchanged for a link that leads elsewhere.
 */
export async function openInside(
  realPath: string,
  flags: number,
  { allowed, shown }: { allowed: AllowedFolders; shown: string },
): Promise<FileHandle> {
  await allowed.admit(realPath, shown);
  // Opening a pipe would wait for somebody at its other end.
  const handle = await open(realPath, flags | O_NOFOLLOW | O_NONBLOCK, 0o666);
  try {
    if (!(await handle.stat()).isFile()) throw notOrdinary(shown);
    await allowed.admit(await pathOf(handle, realPath), shown);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function pathOf(handle: FileHandle, expected: string): Promise<string> {
  if (process.platform === 'linux') return await readlink(`/proc/self/fd/${handle.fd}`);
  const real = await realpath(expected);
  const [opened, there] = await Promise.all([handle.stat({ bigint: true }), stat(real, { bigint: true })]);
  return opened.ino === there.ino && opened.dev === there.dev ? real : '';
}
