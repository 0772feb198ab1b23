import { glob, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AllowedFolders } from './allowed-folders.ts';

const WILDCARD = /[*?[\]{}]|[!+@]\(/;

/** Absolute paths of the ordinary files that the pattern finds, sorted. Links that lead out are left out. */
export async function findFiles(pattern: string, allowed: AllowedFolders): Promise<string[]> {
  const [fixed, wild] = split(pattern);
  const base = await allowed.resolve(fixed);
  if (wild === '') return [base];
  const literal = resolve(base, wild);
  const real = await realpath(literal).catch(() => undefined);
  // A file may be called `[1].txt`.
  if (real !== undefined) {
    await allowed.admit(real, pattern);
    return [literal];
  }
  // Where a search begins is checked; it must not climb from there.
  if (/(^|[/{,(|])\.\.([/},)|]|$)/.test(wild)) throw allowed.forbidden(pattern);
  const start = await realpath(base).catch(() => undefined);
  if (start === undefined) return [];
  await allowed.admit(start, pattern);
  const found: string[] = [];
  for await (const entry of glob(wild, { cwd: start, withFileTypes: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  }
  return found.sort();
}

/** The folders without wildcards at the beginning, and the rest, with `/` between its parts. */
function split(pattern: string): [fixed: string, wild: string] {
  const parts = (process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern).split('/');
  const at = parts.findIndex((part) => WILDCARD.test(part));
  if (at === -1) return [pattern, ''];
  const fixed = parts.slice(0, at).join('/');
  return [fixed === '' && at > 0 ? '/' : fixed, parts.slice(at).join('/')];
}
