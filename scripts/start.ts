/**
 * Starts GuixuFlow from a checkout: builds when needed, then opens the desktop window, or serves the same application
 * to the browser where there can be no window. `--desktop` and `--browser` force either.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, type ConfigOverrides } from '../src/engine/kernel/index.ts';
import { readDataFolderOwner } from '../src/engine/storage/index.ts';
import { provideElectron, whyNoDisplay } from './start/electron-runtime.ts';
import { isBuildStale } from './start/is-build-stale.ts';

const VARIABLES = {
  data: 'GUIXU_DATA_DIR',
  port: 'GUIXU_PORT',
  host: 'GUIXU_HOST',
  'database-url': 'GUIXU_DATABASE_URL',
} as const;

const root = join(import.meta.dirname, '..');
process.chdir(root);
const { browser, desktop, ...settings } = readOptions();
if (browser && desktop) fail('Give --browser or --desktop, not both.');
if (isBuildStale(root)) build();

const electron = browser ? null : await findDesktop();
if (electron !== null && 'path' in electron) {
  const env = { ...process.env };
  for (const [name, value] of Object.entries(settings)) env[VARIABLES[name as keyof typeof settings]] = value;
  run(electron.path, ['.'], env);
} else {
  if (electron !== null) {
    if (desktop) fail(`No desktop window: ${electron.missing}.`);
    console.log(`No desktop window: ${electron.missing}. Serving the browser instead.`);
  }
  const running = await findRunning();
  if (running) console.log(`GuixuFlow is already running at ${running}`);
  else {
    const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    run(process.execPath, [join('bin', 'guixuflow.js'), 'serve', ...options], process.env);
  }
}

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      options: { browser: flag, desktop: flag, data: text, port: text, host: text, 'database-url': text },
    }).values;
  } catch (error) {
    return fail(
      `${(error as Error).message}\nOptions: --browser, --desktop, --data, --port, --host, --database-url`,
    );
  }
}

async function findDesktop(): Promise<{ path: string } | { missing: string }> {
  const reason = whyNoDisplay(process.env, process.platform);
  // Nothing is fetched for a window that cannot be shown.
  return reason === null ? provideElectron(process.env) : { missing: reason };
}

function build(): void {
  console.log('Building …');
  const vite = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { stdio: 'inherit' });
  if (status !== 0) fail('The build failed; see above.');
}

/** The start link of an engine of ours that has the data folder already. */
async function findRunning(): Promise<string | null> {
  const overrides: ConfigOverrides = settings.data === undefined ? {} : { dataDir: settings.data };
  try {
    const owner = readDataFolderOwner(readConfig(process.env, overrides).dataDir);
    if (!owner) return null;
    // The file stays behind when an engine is killed.
    const answer = await fetch(`${owner.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok ? `${owner.url}/?token=${owner.token}` : null;
  } catch {
    // A setting that is wrong is told by the command that needs it.
    return null;
  }
}

/** Runs until the program ends. A terminal's Ctrl+C reaches it by itself; this one only waits for it. */
function run(program: string, args: string[], env: NodeJS.ProcessEnv): void {
  const child = spawn(program, args, { stdio: 'inherit', env });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
