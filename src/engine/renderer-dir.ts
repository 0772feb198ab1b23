import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the build puts the renderer, seen from the sources as well as from the bundle. It need not be there. */
export function findRendererDir(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'out', 'renderer');
}
