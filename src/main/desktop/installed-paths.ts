import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

export interface Installation {
  isPackaged: boolean;
  /** Electron's `process.resourcesPath`. */
  resourcesPath: string;
  platform: NodeJS.Platform;
  arch: string;
}

/**
 * The Node that runs the engine: beside the packed application, or from the optional package that `npm ci` brought.
 * Where there is no such package (macOS), the one on the PATH.
 */
export function findNode({ isPackaged, resourcesPath, platform, arch }: Installation): string {
  const fileName = platform === 'win32' ? 'node.exe' : 'node';
  if (isPackaged) return join(resourcesPath, 'node', fileName);
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const path = join(folder, 'bin', fileName);
    return existsSync(path) ? path : fileName;
  } catch {
    return fileName;
  }
}

/** Where a plain Node finds a file of ours: it cannot read inside app.asar, so those it needs lie unpacked beside it. */
export function unpackedPath(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
}
