import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('node_modules', 'electron');
const PROBE_MS = 5_000;
const DOWNLOAD_MS = 15 * 60_000;

/**
 * Path of Electron's program, fetching it (some 110 MB) where it is not there yet; otherwise a sentence that says why
 * there is none. `npm ci` does not bring it, so that servers and tests go without.
 */
export async function provideElectron(
  env: NodeJS.ProcessEnv,
): Promise<{ path: string } | { missing: string }> {
  if (!existsSync(FOLDER))
    return { missing: 'Electron is not installed (npm ci leaves it out with --omit=dev)' };
  const installed = findElectron();
  if (installed) return { path: installed };
  const source = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com/';
  if (!(await isReachable(source))) {
    return {
      missing: `Electron's runtime has to be fetched once, and ${new URL(source).host} cannot be reached`,
    };
  }
  console.log('Fetching the desktop runtime (once, some 110 MB) …');
  spawnSync(process.execPath, [join(FOLDER, 'install.js')], { stdio: 'inherit', timeout: DOWNLOAD_MS, env });
  const fetched = findElectron();
  return fetched ? { path: fetched } : { missing: "Electron's runtime could not be fetched" };
}

/** Path of Electron's program where it has been fetched already. */
export function findElectron(): string | null {
  try {
    const path = join(FOLDER, 'dist', readFileSync(join(FOLDER, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** Why a window cannot be shown here; null when one can. */
export function whyNoDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display';
  if (process.getuid?.() === 0) return 'Chromium keeps no sandbox for root';
  return null;
}
