import type { Clock } from '../kernel/index.ts';
import { TaskProcess, type TaskProcessOptions } from './task-process.ts';

export interface TaskRunnerOptions extends TaskProcessOptions {
  clock: Clock;
  /** How many run at a time; others wait. */
  most: number;
  /** How long a process is kept when there is nothing to do, ms. */
  idleMs: number;
}

/** Does work that would hold up the engine's thread in processes of their own, started when they are needed. */
export interface TaskRunner {
  /** What the task gave. Throws its NodeError, TASK_MEMORY, or the signal's reason, which ends the task at once. */
  run(name: string, input: unknown, signal: AbortSignal): Promise<unknown>;
  dispose(): void;
}

export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const idle = new Map<TaskProcess, () => void>();
  const busy = new Set<TaskProcess>();
  const waiting: Array<() => void> = [];

  return {
    async run(name, input, signal) {
      signal.throwIfAborted();
      while (busy.size >= options.most) await nextTurn(signal);
      const worker = take();
      busy.add(worker);
      try {
        return await worker.run({ name, input }, signal);
      } finally {
        busy.delete(worker);
        if (!worker.isGone) keep(worker);
        waiting.shift()?.();
      }
    },
    dispose() {
      for (const callOff of idle.values()) callOff();
      for (const worker of [...idle.keys(), ...busy]) worker.end();
      idle.clear();
    },
  };

  function take(): TaskProcess {
    for (const [worker, callOff] of idle) {
      callOff();
      idle.delete(worker);
      if (!worker.isGone) return worker;
    }
    return new TaskProcess(options);
  }

  function keep(worker: TaskProcess): void {
    const callOff = options.clock.schedule(options.idleMs, () => {
      idle.delete(worker);
      worker.end();
    });
    idle.set(worker, callOff);
  }

  function nextTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(turn);
    });
  }
}
