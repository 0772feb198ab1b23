import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '../../src/main/cli/index.ts');
/** Shared by all tests: compiling everything anew would take most of each process's time. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/cli-tests');
const NO_ELECTRON = join(import.meta.dirname, 'no-electron.js');

/** The API key of every engine started. */
export const KEY = 'key-of-the-command-line-suite';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningServer {
  url: string;
  token: string;
  stop(): Promise<CliResult>;
  /** The way a power cut does it. */
  kill(): Promise<void>;
}

/** A folder for one test, with the CLI to run in it. Electron is out of reach of every process started. */
export class CliBench {
  readonly #children: ChildProcess[] = [];
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async create(): Promise<CliBench> {
    return new CliBench(await mkdtemp(join(tmpdir(), 'guixuflow-cli-')));
  }

  /** Where commands keep their data unless a test says otherwise. */
  get dataDir(): string {
    return join(this.dir, 'data');
  }

  async write(name: string, content: unknown): Promise<string> {
    const path = join(this.dir, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  async run(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
    const child = this.#spawn(args, env);
    const [stdout, stderr, [code]] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  }

  /** Starts `serve` on a free port and resolves with its address once it says so. */
  async serve(args: string[] = [], env: Record<string, string> = {}): Promise<RunningServer> {
    const child = this.#spawn(['serve', '--port', '0', '--data', this.dataDir, ...args], env);
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const link = await Promise.race([stdout.match(/http:\/\/\S+/), exited.then(() => null)]);
    if (link === null) throw new Error(`serve ended: ${stdout.text()}${stderr.text()}`);
    const { origin, searchParams } = new URL(link);
    return {
      url: origin,
      token: searchParams.get('token') ?? '',
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
      async stop() {
        child.kill('SIGTERM');
        const [code] = await exited;
        return { code, stdout: stdout.text(), stderr: stderr.text() };
      },
    };
  }

  async dispose(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(this.dir, { recursive: true, force: true });
  }

  #spawn(args: string[], env: Record<string, string>) {
    const child = spawn(process.execPath, ['--no-node-snapshot', '--import', NO_ELECTRON, ENTRY, ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: this.dir,
        XDG_CACHE_HOME: CACHE,
        LANG: 'en_US.UTF-8',
        GUIXU_DATA_DIR: this.dataDir,
        GUIXU_API_KEY: KEY,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    return child;
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function collect(stream: NodeJS.ReadableStream) {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  return {
    text: () => text,
    match: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const found = pattern.exec(text)?.[0];
          if (found) resolve(found);
        };
        stream.on('data', look);
        look();
      }),
  };
}
