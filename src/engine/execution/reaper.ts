import type { Clock, Logger } from '../kernel/index.ts';

const SWEEP_MS = 60_000;

/**
 * Looks every minute for executions that storage takes for running and that nobody runs, as when their end could not
 * be written to a full disk. What is found twice in a row is handed over. Gives the function that ends it.
 */
export function startReaper(options: {
  clock: Clock;
  logger: Logger;
  /** Ids of the executions that storage takes for running in this process. */
  unfinished(): Promise<string[]>;
  isKnown(id: string): boolean;
  reap(id: string): Promise<unknown>;
}): () => void {
  const { clock, logger } = options;
  let suspected = new Set<string>();
  let isOver = false;
  let cancel = clock.schedule(SWEEP_MS, tick);

  function tick(): void {
    sweep()
      .catch((error: unknown) => logger.error({ err: error }, 'Executions could not be checked'))
      .finally(() => {
        if (!isOver) cancel = clock.schedule(SWEEP_MS, tick);
      });
  }

  async function sweep(): Promise<void> {
    const strays = (await options.unfinished()).filter((id) => !options.isKnown(id));
    const [again, first] = [
      strays.filter((id) => suspected.has(id)),
      strays.filter((id) => !suspected.has(id)),
    ];
    suspected = new Set(first);
    for (const id of again) {
      logger.warn({ executionId: id }, 'An execution that nobody ran is taken up again');
      await options.reap(id);
    }
  }

  return () => {
    isOver = true;
    cancel();
  };
}
