/** Lets asynchronous pieces of work follow each other, one at a time, in the order of asking. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  get isTaken(): boolean {
    return this.#waiting > 0;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const result = this.#last.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}
