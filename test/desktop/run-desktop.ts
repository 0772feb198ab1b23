import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import type * as FakeElectron from './fake-electron.ts';

export const CHROMIUM = process.env['GUIXU_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const MAIN = join(import.meta.dirname, '..', '..', 'out', 'main', 'desktop.js');
const FAKE = join(import.meta.dirname, 'fake-electron.ts');

export interface RunningDesktop {
  electron: typeof FakeElectron;
  userData: string;
  /** Who serves the data folder, as the engine announced it; waits until one does. */
  engine(otherThan?: number): Promise<{ pid: number; url: string; token: string }>;
  remove(): void;
}

/**
 * Loads the compiled main process against the fake Electron. Once per process: like the real ones, its modules are
 * made only once.
 */
export function runDesktop(): RunningDesktop {
  const userData = mkdtempSync(join(tmpdir(), 'guixuflow-desktop-'));
  const dataDir = join(userData, 'data');
  process.env['GUIXU_DATA_DIR'] = dataDir;
  process.env['GUIXU_PORT'] = '0';
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: pathToFileURL(FAKE).href, shortCircuit: true }
        : next(specifier, context),
  });
  // Past vitest's own loader, which would transform what is to be tested as it is.
  const require = createRequire(import.meta.url);
  const electron = require('electron') as typeof FakeElectron;
  Object.assign(electron.control, { chromiumPath: CHROMIUM, userDataPath: userData });
  require(MAIN);
  return {
    electron,
    userData,
    engine: (otherThan) =>
      vi.waitFor(
        () => {
          const owner = JSON.parse(readFileSync(join(dataDir, 'owner.json'), 'utf8')) as Awaited<
            ReturnType<RunningDesktop['engine']>
          >;
          if (owner.pid === otherThan) throw new Error('The killed engine is still announced');
          return owner;
        },
        { timeout: 30_000, interval: 100 },
      ),
    remove: () => rmSync(userData, { recursive: true, force: true }),
  };
}
