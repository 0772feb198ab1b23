import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { NodeError } from '../kernel/index.ts';
import type { CommandResult } from '../node-kit/index.ts';
import { Collected } from './collected.ts';
import { endFamily } from './end-family.ts';

/** What a command leaves running in the background may hold its outputs open; they are waited for this long. */
const REST_MS = 500;

export interface CommandRules {
  /** Null when nobody allowed commands. */
  env: Readonly<Record<string, string>> | null;
  /** Where commands run; made when it is not there. */
  folder: string;
  /** Most bytes of one output. */
  outputLimit: number;
}

/** Runs lines of the system's shell. */
export interface CommandRunner {
  /**
   * Ends with the exit code, whatever it is; the signal ends the command and all it started. Throws NodeError
   * COMMANDS_NOT_ALLOWED, COMMAND_OUTPUT_TOO_LARGE.
   */
  run(command: string, signal: AbortSignal): Promise<CommandResult>;
}

export function createCommandRunner({ env, folder, outputLimit }: CommandRules): CommandRunner {
  return {
    async run(command, signal) {
      if (!env) throw new NodeError('COMMANDS_NOT_ALLOWED');
      signal.throwIfAborted();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return await runInShell(command, { env, folder, outputLimit, signal });
    },
  };
}

function runInShell(
  command: string,
  { env, folder, outputLimit, signal }: CommandRules & { env: object; signal: AbortSignal },
): Promise<CommandResult> {
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that all of it can be ended.
    detached: process.platform !== 'win32',
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stdout = new Collected(outputLimit);
  const stderr = new Collected(outputLimit);
  return new Promise((resolve, reject) => {
    let rest: NodeJS.Timeout | undefined;
    const settle = (finish: () => void) => {
      clearTimeout(rest);
      signal.removeEventListener('abort', abort);
      child.stdout.destroy();
      child.stderr.destroy();
      finish();
    };
    const fail = (error: unknown) => {
      endFamily(child);
      settle(() => reject(error as Error));
    };
    const abort = () => fail(signal.reason);
    const done = () => {
      const exitCode = child.exitCode ?? 128 + constants.signals[child.signalCode ?? 'SIGKILL'];
      settle(() => resolve({ exitCode, stdout: stdout.text(), stderr: stderr.text() }));
    };

    signal.addEventListener('abort', abort);
    for (const [stream, collected] of [
      [child.stdout, stdout],
      [child.stderr, stderr],
    ] as const)
      stream.on('data', (chunk: Buffer) => {
        if (!collected.add(chunk))
          fail(new NodeError('COMMAND_OUTPUT_TOO_LARGE', { limitMb: outputLimit / 1024 ** 2 }));
      });
    child.on('error', fail);
    child.on('exit', () => {
      rest = setTimeout(done, REST_MS);
    });
    child.on('close', done);
  });
}
