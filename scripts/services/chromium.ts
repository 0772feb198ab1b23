import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A Chromium for the browser tests: the one in `GUIXU_TEST_CHROMIUM`, one on the PATH, or, for root on Debian, one
 * installed by apt. Otherwise the reason why there is none.
 */
export function provideChromium(env: NodeJS.ProcessEnv): { path: string } | { missing: string } {
  const found = findChromium(env);
  if (found) return { path: found };
  if (process.getuid?.() !== 0) return { missing: 'no Chromium on the PATH, and only root can install one' };
  if (!isRunnable('/usr/bin/apt-get'))
    return { missing: 'no Chromium on the PATH, and no apt to install one' };
  console.log('Installing Chromium with apt …');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // Without a font of theirs Chinese texts are boxes, and measure as such.
  const isInstalled =
    apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-wqy-microhei');
  const installed = isInstalled ? findChromium(env) : null;
  return installed ? { path: installed } : { missing: 'apt could not install Chromium' };
}

function findChromium(env: NodeJS.ProcessEnv): string | null {
  const named = env['GUIXU_TEST_CHROMIUM'];
  if (named) return isRunnable(named) ? named : null;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isRunnable) ?? null;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
