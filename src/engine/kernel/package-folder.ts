import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** The folder of the package, seen from the sources as well as from the bundle. */
export function findPackageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/**
 * A script that a process of its own runs: `source` itself, or what the build made of it when we are in the bundle; and
 * the folder with all that it may load.
 */
export function findScript(source: string): { file: string; readable: string } {
  const folder = findPackageFolder();
  const isSource = extname(import.meta.filename) === '.ts';
  const parent = dirname(folder);
  return {
    file: isSource ? source : join(folder, 'out', 'main', `${basename(source, '.ts')}.js`),
    // Installed as a package, its libraries are beside it.
    readable: basename(parent) === 'node_modules' ? parent : folder,
  };
}
