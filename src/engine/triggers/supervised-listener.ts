import type { TriggerStatus, WorkflowNode } from '../../contract/index.ts';
import { EngineError, sleep, toExecutionError, type Clock, type Logger } from '../kernel/index.ts';
import type { Listener } from '../node-kit/index.ts';

/** As long as a slow broker needs; a server that says nothing for longer is taken for gone. */
const CONNECT_LIMIT_MS = 30_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
/** A short interruption is nothing a person need hear of. */
const TELL_AFTER_ATTEMPTS = 3;

/** One connection of a listener, from its attempt to its end. */
export interface ListenSession {
  readonly signal: AbortSignal;
  lost(error: unknown): void;
  /** A message began an execution. */
  received(): void;
}

interface Options {
  node: WorkflowNode;
  listen(session: ListenSession): Promise<Listener>;
  clock: Clock;
  logger: Logger;
  onStatus(): void;
  /** It has not been connected for some attempts; told once until it is connected again. */
  onTrouble(error: unknown): void;
}

/** Keeps the listener of one trigger connected: opens it, and opens it again after a while when it is lost. */
export class SupervisedListener {
  readonly #options: Options;
  readonly #ending = new AbortController();
  readonly #first = Promise.withResolvers<void>();
  #status: Omit<TriggerStatus, 'nodeId' | 'nodeName'>;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#status = {
      state: 'connecting',
      since: options.clock.now(),
      lastEventAt: null,
      attempts: 0,
      nextAttemptAt: null,
      error: null,
    };
    // Whoever does not wait for the first attempt learns of its failure from the status.
    this.#first.promise.catch(() => undefined);
  }

  get status(): TriggerStatus {
    const { node } = this.#options;
    return { nodeId: node.id, nodeName: node.name, ...this.#status };
  }

  /** Begins to connect and goes on until `close`. */
  start(): void {
    this.#ended = this.#run();
  }

  /** Resolves once the first attempt succeeded; rejects with why it failed. */
  get connected(): Promise<void> {
    return this.#first.promise;
  }

  /** Resolves once everything it held is let go of. */
  async close(): Promise<void> {
    this.#ending.abort(new EngineError('LISTENER_CLOSED', { node: this.#options.node.name }));
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { clock, logger, node, onTrouble } = this.#options;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const error = await this.#session();
      if (signal.aborted) break;
      this.#first.reject(error as Error);
      const attempts = this.#status.attempts + 1;
      const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
      logger.warn({ err: error, node: node.name, delay }, 'A trigger is not connected');
      this.#set({
        state: 'retrying',
        ...(this.#status.state !== 'retrying' && { since: clock.now() }),
        attempts,
        nextAttemptAt: clock.now() + delay,
        error: toExecutionError(error, { nodeId: node.id, nodeName: node.name }),
      });
      if (attempts === TELL_AFTER_ATTEMPTS) onTrouble(error);
      await sleep(clock, delay, signal).catch(() => undefined);
    }
  }

  /** One connection, until it is lost or to be closed. Gives why it ended. */
  async #session(): Promise<unknown> {
    const { clock } = this.#options;
    const ending = new AbortController();
    const over = Promise.withResolvers<unknown>();
    const onClose = () => over.resolve(this.#ending.signal.reason);
    this.#ending.signal.addEventListener('abort', onClose, { once: true });
    const cancelLimit = clock.schedule(CONNECT_LIMIT_MS, () =>
      over.resolve(new EngineError('LISTENER_TIMEOUT', { seconds: CONNECT_LIMIT_MS / 1000 })),
    );
    const opening = Promise.resolve().then(() =>
      this.#options.listen({
        signal: ending.signal,
        lost: (error) => over.resolve(error),
        received: () => this.#set({ lastEventAt: clock.now() }, { quietly: true }),
      }),
    );
    opening.then(
      () => {
        cancelLimit();
        if (ending.signal.aborted) return;
        this.#first.resolve();
        const { state, since } = this.#status;
        this.#set({
          state: 'connected',
          since: state === 'connected' ? since : clock.now(),
          attempts: 0,
          nextAttemptAt: null,
          error: null,
        });
      },
      (error: unknown) => over.resolve(error),
    );
    const reason = await over.promise;
    cancelLimit();
    this.#ending.signal.removeEventListener('abort', onClose);
    ending.abort(reason);
    await this.#letGo(opening);
    return reason;
  }

  /** A listener whose attempt was given up is closed when it comes after all. */
  async #letGo(opening: Promise<Listener>): Promise<void> {
    const { logger, node, clock } = this.#options;
    const closed = opening.then(
      (listener) => listener.close(),
      () => undefined,
    );
    const waited = new AbortController();
    await Promise.race([closed, sleep(clock, CONNECT_LIMIT_MS, waited.signal)]).catch((error: unknown) =>
      logger.warn({ err: error, node: node.name }, 'A trigger did not close as it should'),
    );
    waited.abort();
  }

  #set(change: Partial<TriggerStatus>, { quietly = false } = {}): void {
    this.#status = { ...this.#status, ...change };
    if (!quietly) this.#options.onStatus();
  }
}
