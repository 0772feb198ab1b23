import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
const RESULTS = [
  'main/desktop.js',
  'main/engine-host.js',
  'main/cli.js',
  'preload/index.cjs',
  'renderer/index.html',
];

/** Whether something was changed since the last complete build. Folders count too: their time tells of removed files. */
export function isBuildStale(root: string): boolean {
  const results = RESULTS.map((name) => join(root, 'out', name));
  if (!results.every((path) => existsSync(path))) return true;
  const builtAt = Math.min(...results.map((path) => statSync(path).mtimeMs));
  return SOURCES.some((name) => isNewer(join(root, name), builtAt));
}

function isNewer(path: string, than: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return false;
  if (stats.mtimeMs > than) return true;
  return (
    stats.isDirectory() && readdirSync(path).some((name) => !isTest(name) && isNewer(join(path, name), than))
  );
}

const isTest = (name: string) => name.endsWith('.test.ts');
