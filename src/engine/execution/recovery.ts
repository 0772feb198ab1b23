import { EngineError, toExecutionError } from '../kernel/index.ts';
import type { OpenExecution } from '../storage/index.ts';
import type { Admission } from './admission.ts';
import { startReaper } from './reaper.ts';
import type { ExecutionServices } from './services.ts';
import type { Recovery } from './types.ts';

/** Executions that are taken up at the same time after a start. */
const TAKE_UP_LANES = 8;

/** An execution that was running at so many ends of the process may have caused them: it is taken up alone. */
const SUSPECT_CRASHES = 2;

/** How long the next suspect waits for one that goes on. */
const ALONE_MS = 60_000;

/** Takes over what processes before this one left unfinished, and what this one lost sight of. */
export function createRecovery(options: {
  services: ExecutionServices;
  /** Loads an execution and lets it go on; null when there is nothing to go on with. */
  wake(id: string): Promise<{ atRest: Promise<unknown> } | null>;
  /** Sees to it that what is due then is woken. */
  setAlarm(dueAt: number): void;
  isKnown(id: string): boolean;
  /** An execution that could not go on was ended. */
  onEnded(id: string): Promise<void>;
  admission: Pick<Admission, 'close' | 'open'>;
}): { recover(): Promise<Recovery>; stop(): void } {
  const { services, wake } = options;
  const { store, clock, logger, bootId } = services;
  let isOver = false;
  let stopReaper = () => {};

  async function endAll(ids: readonly string[], error: unknown): Promise<void> {
    await store.endOrphans(ids, toExecutionError(error), clock.now());
    for (const id of ids) await options.onEnded(id);
  }

  /** What cannot go on is ended, saying why, rather than left as if it did. */
  async function takeUp(id: string): Promise<{ atRest: Promise<unknown> } | null> {
    try {
      const taken = await wake(id);
      if (!taken && !isOver) await endAll([id], new EngineError('EXECUTION_INTERRUPTED'));
      return taken;
    } catch (error) {
      if (isOver) return null;
      logger.error({ err: error, executionId: id }, 'An execution could not be taken up again');
      await endAll([id], error);
      return null;
    }
  }

  /** Takes up one by one those that may bring the process down, then the others at once, then the queue in its order. */
  async function takeUpAll(executions: readonly OpenExecution[]): Promise<void> {
    const isSuspect = ({ crashes }: OpenExecution) => crashes >= SUSPECT_CRASHES;
    await takeUpAlone(idsOf(executions.filter(isSuspect)));
    const innocent = executions.filter((execution) => !isSuspect(execution));
    const ids = idsOf(innocent.filter(({ status }) => status === 'running'));
    const lane = async () => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) await takeUp(id);
    };
    await Promise.all(Array.from({ length: TAKE_UP_LANES }, lane));
    for (const id of idsOf(innocent.filter(({ status }) => status !== 'running'))) await takeUp(id);
  }

  /** Nothing else runs beside it, so that another crash is its own. */
  async function takeUpAlone(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    options.admission.close();
    for (const id of ids) {
      if (isOver) return;
      const taken = await takeUp(id);
      if (taken) await restOrPatience(taken.atRest);
    }
    options.admission.open();
  }

  async function restOrPatience(atRest: Promise<unknown>): Promise<void> {
    let stopTimer = () => {};
    const patience = new Promise<void>((resolve) => (stopTimer = clock.schedule(ALONE_MS, resolve)));
    await Promise.race([atRest, patience]);
    stopTimer();
  }

  return {
    async recover() {
      const open = await store.takeOver(bootId);
      const lost = open.filter(({ hasCheckpoint }) => !hasCheckpoint);
      const rest = open.filter(({ hasCheckpoint }) => hasCheckpoint);
      const looping = rest.filter(({ crashes }) => crashes > SUSPECT_CRASHES);
      const running = rest.filter(
        ({ status, crashes }) => status !== 'waiting' && crashes <= SUSPECT_CRASHES,
      );
      await endAll(idsOf(lost), new EngineError('EXECUTION_INTERRUPTED'));
      await endAll(idsOf(looping), new EngineError('EXECUTION_CRASH_LOOP'));
      const dueAt = await store.nextDue(0);
      if (dueAt !== null) options.setAlarm(dueAt);
      stopReaper = startReaper({
        ...{ clock, logger, reap: takeUp },
        unfinished: () => store.unfinished(bootId),
        isKnown: (id) => options.isKnown(id),
      });
      return { resumed: running.length, ended: lost.length + looping.length, done: takeUpAll(running) };
    },
    stop() {
      isOver = true;
      stopReaper();
    },
  };
}

function idsOf(executions: readonly OpenExecution[]): string[] {
  return executions.map(({ id }) => id);
}
