/** Lets so many in at a time; others wait in the order they came. */
export class InFlight {
  readonly #most: number;
  readonly #waiting: Array<() => void> = [];
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work once there is room for it. */
  async run<R>(work: () => Promise<R>): Promise<R> {
    // Whoever leaves hands the place on, so that nobody who comes just then gets ahead.
    if (this.#count >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#count += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#count -= 1;
    }
  }
}
