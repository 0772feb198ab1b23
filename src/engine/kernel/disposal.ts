/** Whoever starts something returns or registers a way to stop it. */
export type Dispose = () => void | Promise<void>;

/** Collects what was started and stops it in reverse order; one that fails does not keep the others running. */
export class Disposal {
  #disposers: Dispose[] = [];

  add(dispose: Dispose): void {
    this.#disposers.push(dispose);
  }

  async dispose(): Promise<void> {
    const failures: unknown[] = [];
    for (const dispose of this.#disposers.splice(0).reverse()) {
      try {
        await dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some parts did not stop cleanly');
  }
}
