import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../bench/processes.ts';

const API_KEY = 'chaos-key-0123456789abcdef';
const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const START_MS = 30_000;

/** One life of the engine, which may end at any moment. */
export interface Life {
  url: string;
  readonly isOver: boolean;
  /** Resolves when the process is gone, whatever ended it. */
  readonly over: Promise<void>;
  kill(): void;
  stop(): Promise<void>;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Starts the built engine; gives null when it was killed before it served. */
export async function startLife(
  dataDir: string,
  killing: { point: string; count: number } | null,
): Promise<Life | null> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      ...['--no-node-snapshot', '--import', fileOf('./kill-points.ts'), fileOf('../../out/main/cli.js')],
      ...['serve', '--port', String(port), '--data', dataDir],
    ],
    {
      env: {
        ...process.env,
        GUIXU_API_KEY: API_KEY,
        GUIXU_LOG_LEVEL: 'error',
        GUIXU_CONCURRENCY: '20',
        ...(killing && { CHAOS_POINT: killing.point, CHAOS_COUNT: String(killing.count) }),
      },
      stdio: 'ignore',
    },
  );
  const life = lifeOf(child, url);
  const deadline = Date.now() + START_MS;
  while (!life.isOver) {
    const response = await fetch(`${url}/healthz`).catch(() => null);
    if (response?.ok) return life;
    if (Date.now() > deadline) throw new Error('the engine does not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return null;
}

function lifeOf(child: ChildProcess, url: string): Life {
  const over = once(child, 'exit').then(() => undefined);
  return {
    url,
    over,
    get isOver() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    kill: () => child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await over;
    },
    async api<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}
