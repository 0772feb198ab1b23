import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Keeps compiled code between starts, which then take about half as long. In a folder of the user's own: whoever can
 * write there decides what the next start runs.
 */
export function keepCompiledCode(env: Readonly<Record<string, string | undefined>>): void {
  const xdg = env['XDG_CACHE_HOME'];
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  enableCompileCache(join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'guixuflow', 'code'));
}
