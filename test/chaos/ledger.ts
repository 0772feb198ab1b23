import { isCommitted, type Committed } from './committed.ts';
import type { Effect } from './sink.ts';

/** Keeps the books over all lives of the engine, and finds what must not be. */
export class Ledger {
  readonly repeated: string[] = [];
  readonly askedInVain: string[] = [];
  readonly asked = new Set<string>();
  readonly #effects: readonly Effect[];
  readonly #committed: Committed = { runs: new Set(), units: new Set(), unsafe: new Set() };
  /** Unsafe units that had taken place, or may have, when the process was killed. */
  readonly #open = new Set<string>();

  constructor(effects: readonly Effect[]) {
    this.#effects = effects;
  }

  /** An effect is asked for: its result must not have been stored when a process was killed. */
  onEffect(unit: string): void {
    if (isCommitted(this.#committed, unit)) this.repeated.push(unit);
  }

  /** A person is asked about a unit. */
  onQuestion(unit: string): void {
    this.asked.add(unit);
    if (isCommitted(this.#committed, unit)) this.askedInVain.push(unit);
  }

  /** Takes in what was stored when a process was killed. */
  onKill(stored: Committed): void {
    for (const run of stored.runs) this.#committed.runs.add(run);
    for (const unit of stored.units) this.#committed.units.add(unit);
    for (const { unit, kind } of this.#effects)
      if (kind === 'unsafe' && !isCommitted(stored, unit) && stored.unsafe.has(runOf(unit)))
        this.#open.add(unit);
  }

  /** Unsafe effects that took place unknown to the engine and that nobody was asked about. */
  get notAsked(): string[] {
    return [...this.#open].filter((unit) => !this.asked.has(unit));
  }

  /** Units of effects with a key for which more than one key was used. */
  get doubledKeys(): string[] {
    const keys = new Map<string, Set<string | null>>();
    for (const { unit, kind, key } of this.#effects) {
      if (kind !== 'keyed') continue;
      const known = keys.get(unit);
      if (known) known.add(key);
      else keys.set(unit, new Set([key]));
    }
    return [...keys].filter(([, used]) => used.size > 1 || used.has(null)).map(([unit]) => unit);
  }

  /** Unsafe effects that took place more than once. */
  get doubledUnsafe(): string[] {
    const counts = new Map<string, number>();
    for (const { unit, kind } of this.#effects)
      if (kind === 'unsafe') counts.set(unit, (counts.get(unit) ?? 0) + 1);
    return [...counts].filter(([, count]) => count > 1).map(([unit]) => unit);
  }
}

function runOf(unit: string): string {
  return unit.slice(0, unit.lastIndexOf('/'));
}
