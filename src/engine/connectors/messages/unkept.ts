/** The server keeps no copy of them and cannot be asked to wait: what cannot wait in memory is gone. */
const MOST_WAITING = 10_000;

/** Takes messages that their server does not keep, many at a time. */
export class UnkeptMessages {
  readonly #most: number;
  #waiting = 0;

  constructor(most = MOST_WAITING) {
    this.#most = most;
  }

  /** Does the work, whose failure it passes on. False, and nothing is done, where too many wait already. */
  async take(work: () => Promise<void>): Promise<boolean> {
    if (this.#waiting >= this.#most) return false;
    this.#waiting += 1;
    try {
      await work();
      return true;
    } finally {
      this.#waiting -= 1;
    }
  }
}
