import { HostProcess, type RunHandlers, type RunResult } from './host-process.ts';
import { LocalIsolate } from './local-isolate.ts';
import type { Breach, RunMessage } from './protocol.ts';

export type SandboxRequest = Omit<RunMessage, 'type' | 'id'>;

/** The one wall. What is run in it knows nothing but what it is given. */
export interface Sandbox {
  /** Contexts in this process, for what is known to be short and small. */
  readonly local: LocalIsolate;
  /** Runs in the sandbox process. Never rejects; an abort gives an internal breach. */
  run(
    request: SandboxRequest,
    handlers: RunHandlers,
    signal?: AbortSignal,
  ): Promise<{ text: string } | { breach: Breach }>;
  /** Ends everything that runs. */
  dispose(): void;
}

const COULD_NOT_START: Breach = {
  kind: 'internal',
  reason: 'The sandbox process could not start. Run "guixuflow doctor" to check the installation.',
};

/**
 * Starts nothing by itself: isolates and the sandbox process are made by the first use of each. Call `local.prepare()`
 * when there is time, so that the first expression does not wait.
 */
export function createSandbox(): Sandbox {
  const local = new LocalIsolate();
  let shared: HostProcess | null = null;
  const processes = new Set<HostProcess>();
  /** Runs that were in a process when it crashed are repeated one by one, so that only the culprit fails. */
  let suspects: Promise<unknown> = Promise.resolve();

  const open = () => {
    const host = new HostProcess();
    processes.add(host);
    return host;
  };

  async function runAlone(
    request: SandboxRequest,
    handlers: RunHandlers,
    signal?: AbortSignal,
  ): Promise<RunResult> {
    if (signal?.aborted) return { breach: { kind: 'internal', reason: 'aborted' } };
    const host = open();
    try {
      return await host.run(request, handlers, signal);
    } finally {
      host.dispose();
      processes.delete(host);
    }
  }

  return {
    local,
    async run(request, handlers, signal) {
      if (signal?.aborted) return { breach: { kind: 'internal', reason: 'aborted' } };
      if (!shared || shared.isGone) {
        if (shared) processes.delete(shared);
        shared = open();
      }
      let result = await shared.run(request, handlers, signal);
      if ('crashed' in result && result.wasReady && result.neighbours > 0) {
        const mine = suspects.then(() => runAlone(request, handlers, signal));
        suspects = mine;
        result = await mine;
      }
      if (!('crashed' in result)) return result;
      return { breach: result.wasReady ? { kind: 'memory' } : COULD_NOT_START };
    },
    dispose() {
      local.dispose();
      for (const host of processes) host.dispose();
      processes.clear();
      shared = null;
    },
  };
}
