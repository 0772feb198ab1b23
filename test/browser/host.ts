import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');
export const API_KEY = 'key-of-the-browser-suite';

export interface Host {
  /** Without a trailing slash. */
  url: string;
  /** The link that signs a browser in. */
  startUrl: string;
  dataDir: string;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Ends the engine as a crash would; the data folder stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The built headless host on a data folder of its own, or of one that was killed, in a process of its own, as `guixuflow serve` runs it. */
export async function startHost(existing?: { dataDir: string }): Promise<Host> {
  const dataDir = existing?.dataDir ?? mkdtempSync(join(tmpdir(), 'guixuflow-browser-'));
  const child = spawn(
    process.execPath,
    ['--no-node-snapshot', 'out/main/cli.js', 'serve', '--port', '0', '--data', dataDir],
    {
      cwd: ROOT,
      env: { ...process.env, GUIXU_API_KEY: API_KEY, GUIXU_LOG_LEVEL: 'error', LANG: 'en' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let startUrl: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    startUrl = /http:\/\/\S+token=\S+/.exec(line)?.[0];
    if (startUrl) break;
  }
  if (!startUrl) throw new Error('The host ended before it served.');
  const { origin: url } = new URL(startUrl);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url,
    startUrl,
    dataDir,
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
