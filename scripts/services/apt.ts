import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** Installs packages where that is possible: as root, with apt. Otherwise the reason why not, as the end of a sentence. */
export function installWithApt(env: NodeJS.ProcessEnv, ...packages: string[]): string | null {
  if (process.getuid?.() !== 0) return 'and only root can install it';
  if (!isRunnable('/usr/bin/apt-get')) return 'and there is no apt to install it';
  console.log(`Installing ${packages.join(', ')} with apt …`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const isInstalled = apt('update') && apt('install', '-y', '--no-install-recommends', ...packages);
  return isInstalled ? null : 'and apt could not install it';
}

export function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
