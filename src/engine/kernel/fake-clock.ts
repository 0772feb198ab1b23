import type { Clock } from './clock.ts';

/** A clock for tests: time stands still until `advance` moves it, firing what falls due in order. */
export class FakeClock implements Clock {
  #now: number;
  #timers: Array<{ dueAt: number; callback: () => void }> = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { dueAt: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves time on and lets the promises that a timer settled run before the next one fires. */
  async advance(byMs: number): Promise<void> {
    // What is under way may be about to set a timer.
    await settle();
    const until = this.#now + byMs;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.callback();
      await settle();
    }
    this.#now = until;
    await settle();
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
