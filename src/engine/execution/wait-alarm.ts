import type { Clock, Logger } from '../kernel/index.ts';
import type { DueWait, ExecutionStore } from '../storage/index.ts';

/** Executions that go on at the same time when many are due, as after a night in which the engine was off. */
const CONCURRENCY = 16;
const PAGE = 100;
/** What failed to go on is tried again. */
const RETRY_MS = 60_000;

/**
 * Wakes what is due. However many executions wait, one timer stands for all of them: that of the next due one; who they
 * are is asked of storage when it rings.
 */
export class WaitAlarm {
  readonly #store: Pick<ExecutionStore, 'dueWaits' | 'nextDue'>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #wake: (executionId: string) => Promise<unknown>;
  #dueAt = Infinity;
  #cancel: () => void = () => {};
  #sweep: Promise<void> | null = null;
  #isStopped = false;

  constructor(parts: {
    store: Pick<ExecutionStore, 'dueWaits' | 'nextDue'>;
    clock: Clock;
    logger: Logger;
    wake(executionId: string): Promise<unknown>;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
    this.#wake = (executionId) => parts.wake(executionId);
  }

  /** Sees to it that what is due then is woken. */
  set(dueAt: number): void {
    if (this.#isStopped || dueAt >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = dueAt;
    this.#cancel = this.#clock.schedule(Math.max(0, dueAt - this.#clock.now()), () => this.#ring());
  }

  /** Resolves when what is being woken just now is awake. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#sweep;
  }

  #ring(): void {
    this.#dueAt = Infinity;
    // Rows that come in behind the place where a sweep is are found by the next one.
    this.#sweep = (this.#sweep ?? Promise.resolve()).then(() => this.#wakeDue());
  }

  async #wakeDue(): Promise<void> {
    const until = this.#clock.now();
    let hasFailed = false;
    let after: DueWait | undefined;
    const wakeFrom = async (page: DueWait[]) => {
      for (let wait = page.shift(); wait && !this.#isStopped; wait = page.shift()) {
        try {
          await this.#wake(wait.executionId);
        } catch (error) {
          hasFailed = true;
          this.#logger.error(
            { err: error, executionId: wait.executionId },
            'A waiting execution could not go on',
          );
        }
      }
    };
    try {
      while (!this.#isStopped) {
        const page = await this.#store.dueWaits({ until, limit: PAGE, ...(after && { after }) });
        after = page.at(-1);
        const isLast = page.length < PAGE;
        await Promise.all(Array.from({ length: CONCURRENCY }, () => wakeFrom(page)));
        if (isLast) break;
      }
      const next = await this.#store.nextDue(until);
      if (next !== null) this.set(next);
    } catch (error) {
      hasFailed = true;
      this.#logger.error({ err: error }, 'Waiting executions could not be looked up');
    }
    if (hasFailed) this.set(until + RETRY_MS);
  }
}
