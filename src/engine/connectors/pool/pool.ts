import { Slots } from './slots.ts';

interface PoolOptions<T> {
  /** Open at a time. */
  most: number;
  open(signal: AbortSignal): Promise<T>;
  /** Also called in the middle of something, to end it. */
  close(one: T): void;
  isUsable(one: T): boolean;
}

/** Things that serve one user at a time, such as channels: opened as they are needed, and used again. */
export class Pool<T> {
  readonly #options: PoolOptions<T>;
  readonly #slots: Slots;
  readonly #idle: T[] = [];

  constructor(options: PoolOptions<T>) {
    this.#options = options;
    this.#slots = new Slots(options.most);
  }

  /** Lends one. When `signal` aborts it is closed, which ends whatever it is at, and the signal's reason is thrown. */
  use<R>(work: (one: T) => Promise<R>, signal: AbortSignal): Promise<R> {
    return this.#slots.use(async () => {
      const { open, close, isUsable } = this.#options;
      const one = this.#takeIdle() ?? (await open(signal));
      // A server that does not answer any more would never let the work end.
      const aborted = Promise.withResolvers<never>();
      const end = () => {
        close(one);
        aborted.reject(signal.reason);
      };
      signal.addEventListener('abort', end, { once: true });
      try {
        signal.throwIfAborted();
        return await Promise.race([work(one), aborted.promise]);
      } finally {
        signal.removeEventListener('abort', end);
        if (isUsable(one) && !signal.aborted) this.#idle.push(one);
        else close(one);
      }
    }, signal);
  }

  /** Closes those that nobody uses. */
  close(): void {
    for (const one of this.#idle.splice(0)) this.#options.close(one);
  }

  #takeIdle(): T | undefined {
    for (let one = this.#idle.pop(); one !== undefined; one = this.#idle.pop()) {
      if (this.#options.isUsable(one)) return one;
      this.#options.close(one);
    }
    return undefined;
  }
}
