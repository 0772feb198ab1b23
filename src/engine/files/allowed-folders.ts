import { mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { NodeError, type NodeFiles } from '../kernel/index.ts';

/** Which paths nodes may touch. */
export class AllowedFolders {
  readonly #rules: NodeFiles;

  constructor(rules: NodeFiles) {
    this.#rules = rules;
  }

  /** The absolute path a user means. Throws FILE_FORBIDDEN for one that leads out whatever is on the disk. */
  async resolve(path: string): Promise<string> {
    const { folders, own } = this.#rules;
    if (folders.includes(own)) await mkdir(own, { recursive: true, mode: 0o700 });
    const absolute = resolve(folders[0] ?? own, path);
    const spellings = [...folders, ...(await reals(folders))];
    if (path.includes('\0') || !spellings.some((folder) => isInside(absolute, folder)))
      throw this.forbidden(path);
    return absolute;
  }

  /** Throws FILE_FORBIDDEN unless this path, free of symbolic links, is in an allowed folder. */
  async admit(realPath: string, shown: string): Promise<void> {
    const { folders, own, closed } = this.#rules;
    const isInOne = async (list: readonly string[]) =>
      (await reals(list)).some((folder) => isInside(realPath, folder));
    const isAllowed = await isInOne(folders);
    const isOurs = (await isInOne(closed)) && !(await isInOne([own]));
    if (!isAllowed || isOurs) throw this.forbidden(shown);
  }

  forbidden(path: string): NodeError {
    return new NodeError('FILE_FORBIDDEN', { path, folders: this.#rules.folders.join(', ') });
  }
}

/** Where folders really are; empty for those that are nowhere. Asked each time: they may be made later. */
function reals(folders: readonly string[]): Promise<string[]> {
  return Promise.all(folders.map((folder) => realpath(folder).catch(() => '')));
}

function isInside(path: string, folder: string): boolean {
  if (folder === '') return false;
  const rest = relative(folder, path);
  return rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}
