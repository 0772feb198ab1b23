import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowDocumentInput } from '../src/contract/index.ts';

/** As bin/guixuflow.js starts it, without the process of the launcher in between. */
const FLAGS = ['--no-node-snapshot', '--max-semi-space-size=8'];
const API_KEY = 'benchmark-key-0123456789';
const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export interface LoadResult {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50Ms: number;
  failures: number;
}

/** Posts `body` over and over from a process of its own. */
export async function load(
  url: string,
  options: { connections: number; seconds: number; body: unknown },
): Promise<LoadResult> {
  const child = fork(fileOf('./load.ts'), [
    url,
    String(options.connections),
    String(options.seconds),
    JSON.stringify(options.body),
  ]);
  const [result] = (await once(child, 'message')) as [LoadResult];
  if (child.exitCode === null) await once(child, 'exit');
  if (result.failures > 0) throw new Error(`${result.failures} requests to ${url} failed`);
  return result;
}

export interface Running {
  url: string;
  stop(): Promise<void>;
}

export async function startFloor(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-floor-'));
  const child = fork(fileOf('./floor.ts'), [folder]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, stop: () => end(child, folder) };
}

export interface Engine extends Running {
  /** Stores and activates a workflow. */
  activate(document: WorkflowDocumentInput): Promise<void>;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Resident memory of the process in MB. */
  memoryMb(): number;
  /** Ends the process without a word. */
  kill(): Promise<void>;
}

/** Starts the built headless host on a folder of its own, or on one that is handed in and then kept. */
export async function startEngine(dataFolder?: string): Promise<Engine> {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'guixuflow-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [...FLAGS, fileOf('../out/main/cli.js'), 'serve', '--port', String(port), '--data', folder],
    {
      env: { ...process.env, GUIXU_API_KEY: API_KEY, GUIXU_LOG_LEVEL: 'error', NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  await reachable(`${url}/healthz`);
  return {
    url,
    api,
    async activate(document) {
      const { id } = await api<{ id: string }>('POST', '/workflows', { document });
      await api('POST', `/workflows/${id}/activate`, {});
    },
    memoryMb() {
      const line = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
      return Number(line?.[1]) / 1024;
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: () => end(child, dataFolder ? undefined : folder),
  };
}

/** Resolves as soon as the address answers with a success. */
export async function reachable(url: string, init?: RequestInit): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const response = await fetch(url, init).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) return;
    if (performance.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function end(child: ChildProcess, folder: string | undefined): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
