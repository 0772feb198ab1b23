import { delimiter, join } from 'node:path';
import { installWithApt, isRunnable } from './apt.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A Chromium for the browser tests: the one in `GUIXU_TEST_CHROMIUM`, one on the PATH, or one installed by apt.
 * Otherwise the reason why there is none.
 */
export function provideChromium(env: NodeJS.ProcessEnv): { path: string } | { missing: string } {
  const found = findChromium(env);
  if (found) return { path: found };
  // Without a font of theirs Chinese texts are boxes, and measure as such.
  const problem = installWithApt(env, 'chromium', 'fonts-wqy-microhei');
  const installed = findChromium(env);
  return installed ? { path: installed } : { missing: `no Chromium on the PATH, ${problem}` };
}

function findChromium(env: NodeJS.ProcessEnv): string | null {
  const named = env['GUIXU_TEST_CHROMIUM'];
  if (named) return isRunnable(named) ? named : null;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isRunnable) ?? null;
}
