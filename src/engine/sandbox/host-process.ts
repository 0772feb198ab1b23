import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Breach, FromHost, RunMessage, ToHost } from './protocol.ts';
import { HOST_SOURCE, RUNTIME_SOURCE } from './runtime.gen.ts';

export interface RunHandlers {
  /** Answers what the run asks about the workflow. */
  ask(operation: string, values: string): string;
  log(level: string, text: string): void;
}

export type RunResult = { text: string } | { breach: Breach } | Crash;

export interface Crash {
  crashed: true;
  /** Whether the process had begun to work. */
  wasReady: boolean;
  /** Other runs that were in it. */
  neighbours: number;
}

interface Pending {
  handlers: RunHandlers;
  resolve(result: RunResult): void;
}

/** One sandbox process. It is started by the first run and dies with its last limit breach, or with us. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #isGone = false;
  #isReady = false;
  #lastId = 0;

  constructor() {
    const library = createRequire(import.meta.url).resolve('isolated-vm');
    this.#child = spawn(
      process.execPath,
      // The permission model is a second wall: even out of its isolate, code could open no file and start no program.
      [
        '--no-node-snapshot',
        '--permission',
        '--allow-addons',
        `--allow-fs-read=${dirname(dirname(library))}/*`,
        // Where node-gyp-build looks for the kind of Linux.
        '--allow-fs-read=/etc/alpine-release',
        '-e',
        HOST_SOURCE,
        library,
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced', env: {}, windowsHide: true },
    );
    this.#child.on('message', (message) => this.#receive(message as FromHost));
    this.#child.on('error', () => this.#leave());
    this.#child.on('exit', () => this.#leave());
    this.#send({ type: 'start', runtime: RUNTIME_SOURCE });
    this.#hold();
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  run(
    request: Omit<RunMessage, 'type' | 'id'>,
    handlers: RunHandlers,
    signal?: AbortSignal,
  ): Promise<RunResult> {
    if (this.#isGone) return Promise.resolve({ crashed: true, wasReady: true, neighbours: 1 });
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const abort = () => {
        this.#send({ type: 'abort', id });
        this.#settle(id, { breach: { kind: 'internal', reason: 'aborted' } });
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#pending.set(id, {
        handlers,
        resolve: (result) => {
          signal?.removeEventListener('abort', abort);
          resolve(result);
        },
      });
      this.#hold();
      this.#send({ type: 'run', id, ...request });
    });
  }

  dispose(): void {
    this.#child.kill('SIGKILL');
    this.#leave();
  }

  #receive(message: FromHost): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      return;
    }
    const pending = this.#pending.get(message.id);
    switch (message.type) {
      case 'done':
        return this.#settle(message.id, { text: message.text });
      case 'breach':
        return this.#settle(message.id, { breach: message.breach });
      case 'ask': {
        const text = pending?.handlers.ask(message.operation, message.values) ?? '{"v":null}';
        return this.#send({ type: 'answer', question: message.question, text });
      }
      case 'log':
        return pending?.handlers.log(message.level, message.text);
    }
  }

  #settle(id: number, result: RunResult): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#hold();
    pending?.resolve(result);
  }

  #leave(): void {
    this.#isGone = true;
    const neighbours = this.#pending.size - 1;
    for (const id of [...this.#pending.keys()])
      this.#settle(id, { crashed: true, wasReady: this.#isReady, neighbours });
  }

  #send(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message);
  }

  /** An idle sandbox process does not keep the engine alive. */
  #hold(): void {
    if (this.#pending.size > 0) {
      this.#child.ref();
      this.#child.channel?.ref();
    } else {
      this.#child.unref();
      this.#child.channel?.unref();
    }
  }
}
