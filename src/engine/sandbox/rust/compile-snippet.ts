import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeError } from '../../kernel/index.ts';
import { describeErrors } from './compiler-messages.ts';
import { CRATE_SOURCE } from './crate-source.ts';
import { JSON_SOURCE } from './json-source.ts';
import { lockedIn } from './locked-in.ts';
import { RUST_TARGET, type Toolchain } from './toolchain.ts';

export interface SnippetBuild {
  code: string;
  /** The module's memory grows to this at most. */
  memoryMb: number;
}

/** Without other crates a few seconds are usual. */
const TIMEOUT_MS = 30_000;
const MESSAGES_BYTES = 4 * 1024 ** 2;
const STACK_BYTES = 1024 ** 2;

/**
 * The snippet as a WebAssembly module without imports. `folder` is where the compiler may work. Throws NodeError
 * RUST_INVALID with what the compiler said, RUST_SANDBOX_MISSING when the sandbox could not be set up, and the signal's
 * reason.
 */
export async function compileSnippet(
  toolchain: Toolchain,
  { code, memoryMb }: SnippetBuild,
  folder: string,
  signal: AbortSignal,
): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(folder, 'build-'));
  try {
    await Promise.all([
      writeFile(join(work, 'lib.rs'), CRATE_SOURCE),
      writeFile(join(work, 'json.rs'), JSON_SOURCE),
      writeFile(join(work, 'snippet.rs'), code),
    ]);
    const args = [
      ...['--edition', '2021', '--crate-type', 'cdylib', '--target', RUST_TARGET, '-O'],
      ...['--error-format', 'json', '--cap-lints', 'allow', '-o', 'out.wasm'],
      ...(toolchain.linker ? ['-C', `linker=${toolchain.linker}`] : []),
      ...[`--max-memory=${memoryMb * 1024 ** 2}`, '--strip-all', `-zstack-size=${STACK_BYTES}`].flatMap(
        (arg) => ['-C', `link-arg=${arg}`],
      ),
      'lib.rs',
    ];
    const { isDone, messages } = await runToEnd(lockedIn(toolchain, work, args), signal);
    if (isDone) return await readFile(join(work, 'out.wasm'));
    const errors = describeErrors(messages);
    if (errors) throw new NodeError('RUST_INVALID', errors);
    throw new NodeError('RUST_SANDBOX_MISSING', { reason: messages.slice(-300).trim() || 'no answer' });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function runToEnd(
  { program, args }: { program: string; args: string[] },
  signal: AbortSignal,
): Promise<{ isDone: boolean; messages: string }> {
  return new Promise((resolve, reject) => {
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const ending = AbortSignal.any([signal, late]);
    // Killing bubblewrap ends all that is inside with it.
    const child = spawn(program, args, {
      cwd: '/',
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: ending,
      killSignal: 'SIGKILL',
    });
    let messages = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      if (messages.length < MESSAGES_BYTES) messages += part;
    });
    child.on('error', (error) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (late.aborted)
        reject(
          new NodeError('RUST_INVALID', { at: '', reason: `the compiler took longer than ${TIMEOUT_MS} ms` }),
        );
      else reject(error);
    });
    child.on('close', (code) => resolve({ isDone: code === 0, messages }));
  });
}
