import { fork } from 'node:child_process';
import type { FromEngine, ToEngine } from '../engine-channel/index.ts';

/** The engine's process as its supervisor sees it. */
export interface EngineProcess {
  /** False when the channel is full or closed; `sent` is called in either case. */
  send(message: ToEngine, sent: (error: Error | null) => void): boolean;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once, also when the process could not be started at all. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once, without a chance to finish anything. */
  kill(): void;
}

export interface LaunchOptions {
  /** The Node that runs the engine: Electron's own has another native ABI. */
  nodePath: string;
  entryPath: string;
  env: NodeJS.ProcessEnv;
  /** Takes what the engine writes to its error output, line by line. */
  onLog(text: string): void;
}

/** Starts the engine in a Node process of its own. */
export function launchEngine({ nodePath, entryPath, env, onLog }: LaunchOptions): EngineProcess {
  const child = fork(entryPath, [], {
    execPath: nodePath,
    // isolated-vm asks for the first; for the second see bin/guixuflow.js.
    execArgv: ['--no-node-snapshot', '--max-semi-space-size=8'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
  });
  child.stdout?.setEncoding('utf8').on('data', onLog);
  child.stderr?.setEncoding('utf8').on('data', onLog);
  return {
    send: (message, sent) => child.send(message, sent),
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onExit(listener) {
      let isOver = false;
      const finish = (reason: string) => {
        if (isOver) return;
        isOver = true;
        listener(reason);
      };
      child.on('error', (error) => {
        // Also emitted when a message cannot be sent, and then the process lives.
        if (child.pid === undefined) finish(error.message);
      });
      child.on('exit', (code, signal) => finish(signal ? `ended by ${signal}` : `ended with code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
