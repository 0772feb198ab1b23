import type { Database } from './database.ts';
import type { PreparedWrite } from './run-data/prepared-write.ts';

interface Entry {
  write: PreparedWrite;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Gathers the writes of one turn of the event loop, and all that arrive while a commit is under way, into one
 * transaction. A commit costs several times what a row does, so under load the cost per execution falls.
 */
export class GroupCommit {
  readonly #database: Pick<Database, 'apply'>;
  #queue: Entry[] = [];
  #scheduled = false;
  #idle: Array<() => void> = [];

  constructor(database: Pick<Database, 'apply'>) {
    this.#database = database;
  }

  /** Resolves after the commit, in the order of adding. */
  add(write: PreparedWrite): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing is waiting to be committed. */
  drained(): Promise<void> {
    if (!this.#scheduled) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the I/O callbacks of this turn: requests that were read together commit together.
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    const entries = this.#queue;
    this.#queue = [];
    let committed: void | Promise<void>;
    try {
      committed = this.#database.apply(entries.map((entry) => entry.write));
    } catch (error) {
      void this.#oneByOne(entries, error);
      return;
    }
    if (!committed) {
      this.#settle(entries);
      return;
    }
    committed.then(
      () => this.#settle(entries),
      (error: unknown) => this.#oneByOne(entries, error),
    );
  }

  /** One bad write spoiled the transaction: each gets its own, so that only the bad one is lost. */
  async #oneByOne(entries: readonly Entry[], error: unknown): Promise<void> {
    if (entries.length === 1) {
      entries[0]?.reject(error);
    } else {
      for (const { write, resolve, reject } of entries) {
        try {
          await this.#database.apply([write]);
          resolve();
        } catch (failure) {
          reject(failure);
        }
      }
    }
    this.#finish();
  }

  #settle(entries: readonly Entry[]): void {
    for (const entry of entries) entry.resolve();
    this.#finish();
  }

  #finish(): void {
    this.#scheduled = false;
    if (this.#queue.length > 0) {
      this.#schedule();
      return;
    }
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
