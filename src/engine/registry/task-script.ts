import { basename, dirname, extname, join } from 'node:path';
import { findPackageFolder } from '../kernel/index.ts';

/** What a task process runs, of the bundle when we are in it, and the folder with all that it loads. */
export function findTaskScript(): { file: string; readable: string } {
  const folder = findPackageFolder();
  const isSource = extname(import.meta.filename) === '.ts';
  const parent = dirname(folder);
  return {
    file: isSource ? join(import.meta.dirname, 'task-host.ts') : join(folder, 'out', 'main', 'task-host.js'),
    // Installed as a package, its libraries are beside it.
    readable: basename(parent) === 'node_modules' ? parent : folder,
  };
}
