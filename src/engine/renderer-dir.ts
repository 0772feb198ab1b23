import { join } from 'node:path';
import { findPackageFolder } from './kernel/index.ts';

/** Where the build puts the renderer. It need not be there. */
export function findRendererDir(): string {
  return join(findPackageFolder(), 'out', 'renderer');
}
