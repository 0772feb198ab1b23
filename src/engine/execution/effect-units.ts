import { z } from 'zod';
import { Item } from '../../contract/index.ts';
import { isEngineError, messageOf, NodeError } from '../kernel/index.ts';
import type { PerItemResult, UnitLedger, UnitOutcome } from '../node-kit/index.ts';
import type { EffectUnit } from '../storage/index.ts';

const Result = z.union([
  z.object({ items: z.array(Item) }),
  z.object({ ports: z.array(z.array(Item)) }),
  z.object({ error: z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) }) }),
]);
type Result = z.infer<typeof Result>;

/** What a person says about a unit of which nobody knows whether it took effect. */
export type UnitDecision =
  { choice: 'repeat' } | { choice: 'done'; items: readonly Item[] } | { choice: 'fail' };

interface Options {
  nodeId: string;
  runIndex: number;
  stored: readonly EffectUnit[];
  /** Takes a word on a unit for the next write. The result is asked for when that is made. */
  record(unit: { nodeId: string; runIndex: number; unit: number; result: () => string | null }): void;
  /** Commits what was recorded. */
  flush(): Promise<void>;
}

/**
 * The units of one node run with an effect outside: the work on each of its items, or all of it. What a unit gave
 * outlives failed attempts at the run, and the process.
 */
export class EffectUnits implements UnitLedger {
  readonly #options: Options;
  readonly #results = new Map<number, Result>();
  /** Known to be under way when the process ended. */
  readonly #begun = new Set<number>();
  readonly #running = new Set<number>();
  /** Whether the next unit may begin only once the one before it is committed. */
  #isStrict = false;

  constructor(options: Options) {
    this.#options = options;
    for (const { unit, result } of options.stored) {
      if (result === null) this.#begun.add(unit);
      else this.#results.set(unit, Result.parse(JSON.parse(result)));
    }
  }

  beStrict(): void {
    this.#isStrict = true;
  }

  /**
   * Units that may have taken effect, for a run that was interrupted while it worked on `count` units. Where several
   * are worked on at a time, each is announced before it begins; else it is the first that has no result.
   */
  interrupted(count: number): number[] {
    const open = [...this.#begun].filter((unit) => !this.#results.has(unit));
    if (this.#begun.size > 0) return open;
    for (let unit = 0; unit < count; unit++) if (!this.#results.has(unit)) return [unit];
    return [];
  }

  /** Nothing is stored of a decision to repeat: after another crash it is to be made again. */
  decide(unit: number, decision: UnitDecision): void {
    this.#begun.delete(unit);
    if (decision.choice === 'repeat') return;
    const result: Result =
      decision.choice === 'done'
        ? { items: [...decision.items] }
        : { error: { code: 'EFFECT_GIVEN_UP', facts: {} } };
    this.#results.set(unit, result);
    this.#record(unit, () => JSON.stringify(result));
  }

  outcome(unit: number): UnitOutcome | undefined {
    const result = this.#results.get(unit);
    if (!result) return undefined;
    if ('error' in result) {
      const { code, facts } = result.error;
      return { error: new NodeError(code as NodeError['code'], facts) };
    }
    return { result: 'items' in result ? result.items : result };
  }

  async begin(units: readonly number[], lanes: number): Promise<void> {
    for (const unit of units) this.#running.add(unit);
    if (!this.#isStrict || lanes < 2) return;
    for (const unit of units) this.#record(unit, () => null);
    await this.#options.flush();
  }

  async advance(unit: number, outcome: UnitOutcome, next: number | undefined, lanes: number): Promise<void> {
    this.#running.delete(unit);
    if (next !== undefined) this.#running.add(next);
    if ('error' in outcome || isStorable(outcome.result)) {
      const result = 'error' in outcome ? failure(outcome.error) : success(outcome.result);
      this.#results.set(unit, result);
      this.#record(unit, () => JSON.stringify(result));
    }
    if (!this.#isStrict || this.#running.size === 0) return;
    if (next !== undefined && lanes > 1) this.#record(next, () => null);
    // The last one is committed with what the run gives.
    await this.#options.flush();
  }

  #record(unit: number, result: () => string | null): void {
    const { nodeId, runIndex } = this.#options;
    this.#options.record({ nodeId, runIndex, unit, result });
  }
}

/** Whether the unit gave something, rather than failed or was under way. */
export function isDone({ result }: EffectUnit): boolean {
  return result !== null && !('error' in Result.parse(JSON.parse(result)));
}

/** A list that has left memory is not written a second time: its unit is worked on again. */
function isStorable(result: PerItemResult): boolean {
  return !('chunks' in result) || typeof result.chunks !== 'function' || result.inMemory !== null;
}

function success(result: PerItemResult): Result {
  if (Array.isArray(result)) return { items: [...(result as readonly Item[])] };
  if ('chunks' in result && typeof result.chunks === 'function') return { items: [...result.read()] };
  if ('ports' in result && Array.isArray(result.ports))
    return { ports: result.ports.map((port) => [...(port as readonly Item[])]) };
  return { items: [result as Item] };
}

function failure(error: unknown): Result {
  const { code, facts } = isEngineError(error)
    ? error
    : { code: 'NODE_FAILED', facts: { reason: messageOf(error) } };
  return { error: { code, facts: { ...facts } } };
}
