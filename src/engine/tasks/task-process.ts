import { spawn, type ChildProcess } from 'node:child_process';
import type { ErrorCode } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import type { TaskAnswer, TaskRequest } from './protocol.ts';
import { watchMemory } from './watch-memory.ts';

/** How V8 ends a process whose heap is full: by abort, which Windows tells as an exit code. */
const ABORT_SIGNALS: ReadonlySet<string | null> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL']);
const ABORT_CODES: ReadonlySet<number | null> = new Set([134, 0x80000003, 0xc0000409]);

export interface TaskProcessOptions {
  /** The script, which calls `serveTasks`. */
  file: string;
  /** The folder with all that the script loads. */
  readable: string;
  /** More flags for Node. */
  flags?: readonly string[];
  /** Of JavaScript heap; all of its memory may be twice as much. */
  memoryMb: number;
}

/** One process, which does one task at a time and is ended by what goes wrong outside of a task. */
export class TaskProcess {
  readonly #child: ChildProcess;
  readonly #memoryMb: number;
  #isGone = false;

  constructor({ file, readable, flags = [], memoryMb }: TaskProcessOptions) {
    this.#memoryMb = memoryMb;
    this.#child = spawn(
      process.execPath,
      // Reads its own code; writes nothing, starts nothing, whatever a file makes of a library.
      ['--permission', `--allow-fs-read=${readable}/*`, `--max-old-space-size=${memoryMb}`, ...flags, file],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
        env: { TZ: 'UTC' },
        windowsHide: true,
      },
    );
    this.#child.on('error', () => (this.#isGone = true));
    this.#child.on('exit', () => (this.#isGone = true));
    this.#hold(false);
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** What the task gave. Throws its NodeError, TASK_MEMORY, or the signal's reason, for which the process is ended. */
  run(request: TaskRequest, signal: AbortSignal): Promise<unknown> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const endWatch = watchMemory(child.pid, 2 * this.#memoryMb, () => {
        fail(new NodeError('TASK_MEMORY', { limitMb: this.#memoryMb }));
        this.end();
      });
      const settle = () => {
        endWatch();
        signal.removeEventListener('abort', onAbort);
        child.off('message', onMessage).off('error', fail).off('exit', onExit);
        this.#hold(false);
      };
      const fail = (error: Error) => {
        settle();
        reject(error);
      };
      const onMessage = (message: unknown) => {
        const answer = message as TaskAnswer;
        settle();
        if ('value' in answer) resolve(answer.value);
        else reject(errorOf(answer));
      };
      const onExit = (code: number | null, endedBy: string | null) => fail(this.#errorOfExit(code, endedBy));
      const onAbort = () => {
        fail(signal.reason as Error);
        this.end();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      child.on('message', onMessage).on('error', fail).on('exit', onExit);
      this.#hold(true);
      child.send(request, (error) => error && fail(error));
    });
  }

  end(): void {
    this.#isGone = true;
    this.#child.kill('SIGKILL');
  }

  #errorOfExit(code: number | null, endedBy: string | null): Error {
    if (ABORT_SIGNALS.has(endedBy) || ABORT_CODES.has(code))
      return new NodeError('TASK_MEMORY', { limitMb: this.#memoryMb });
    return new Error(`The task process ended (${endedBy ?? String(code)})`);
  }

  /** Without a task it does not keep the engine alive. */
  #hold(isBusy: boolean): void {
    if (isBusy) {
      this.#child.ref();
      this.#child.channel?.ref();
    } else {
      this.#child.unref();
      this.#child.channel?.unref();
    }
  }
}

function errorOf(answer: Exclude<TaskAnswer, { value: unknown }>): Error {
  return 'code' in answer ? new NodeError(answer.code as ErrorCode, answer.facts) : new Error(answer.reason);
}
