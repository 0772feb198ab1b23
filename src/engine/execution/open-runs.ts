import type { Clock } from '../kernel/index.ts';
import type { EffectUnit, ExecutionWait } from '../storage/index.ts';
import type { ResumeDeclaration } from '../node-kit/index.ts';
import { storedRun, type ReadyRun } from './delivery-queue.ts';
import { EffectUnits } from './effect-units.ts';
import type { NodeOutcome } from './node-runner.ts';
import type { Recorder } from './recorder.ts';
import type { NodeRunState } from './run-data.ts';
import type { OpenRun } from './snapshot.ts';

/** What a node run waits for, and how it goes on. */
export interface Waiting {
  until: number | null;
  resume: ResumeDeclaration | undefined;
  tokenHash: string | null;
  /** What the node gives when its time is up; absent for a run that goes on by itself once it may. */
  outcome?: NodeOutcome;
  /** Units that a person has to decide on. */
  undecided?: Set<number>;
  /** Called when nothing is undecided any more. */
  decided?(): void;
  stop(): void;
}

/** A node run that is under way, waiting included. */
export interface OpenNodeRun {
  readonly ready: ReadyRun;
  readonly state: NodeRunState;
  /** Made when first asked for: most nodes have no effect. */
  units(): EffectUnits;
  /** On the engine's monotonic clock. */
  readonly startedAt: number;
  /** It may have changed something outside that nobody can tell from doing it twice. */
  isUnsafe: boolean;
  /** It was interrupted in that, and nobody has decided yet what became of it. */
  isUndecided: boolean;
  waiting?: Waiting;
}

/** What is known of a run that was under way before. */
export type OpenAbout = Pick<OpenRun, 'runIndex'> &
  Partial<Pick<OpenRun, 'startedAt' | 'attempt' | 'unsafe'>>;

export function openRun(
  ready: ReadyRun,
  about: OpenAbout,
  { clock, recorder, units }: { clock: Clock; recorder: Recorder; units: readonly EffectUnit[] },
): OpenNodeRun {
  const { id: nodeId, name: nodeName } = ready.node.node;
  const { runIndex, unsafe = false } = about;
  const now = clock.now();
  const startedAt = about.startedAt ?? now;
  let ledger: EffectUnits | undefined;
  return {
    ready,
    state: {
      nodeId,
      nodeName,
      runIndex,
      status: 'running',
      startedAt,
      durationMs: 0,
      attempt: about.attempt ?? 1,
      pinned: false,
      sources: ready.sources,
      itemCounts: [],
      outputs: [],
      logs: [],
    },
    units: () =>
      (ledger ??= new EffectUnits({
        nodeId,
        runIndex,
        stored: units.filter((unit) => unit.nodeId === nodeId && unit.runIndex === runIndex),
        record: (unit) => recorder.unit(unit),
        flush: () => recorder.flush(),
      })),
    startedAt: clock.monotonic() - (now - startedAt),
    isUnsafe: unsafe,
    isUndecided: unsafe,
  };
}

/** The node runs of one execution that are under way, in the order of starting. */
export class OpenRuns {
  readonly #runs = new Map<NodeRunState, OpenNodeRun>();

  get size(): number {
    return this.#runs.size;
  }

  /** Whether all that is under way waits. */
  get allWait(): boolean {
    return this.size > 0 && [...this.#runs.values()].every(({ waiting }) => waiting);
  }

  add(run: OpenNodeRun): void {
    this.#runs.set(run.state, run);
  }

  remove(state: NodeRunState): void {
    this.#runs.delete(state);
  }

  has(state: NodeRunState): boolean {
    return this.#runs.has(state);
  }

  all(): OpenNodeRun[] {
    return [...this.#runs.values()];
  }

  states(): NodeRunState[] {
    return [...this.#runs.keys()];
  }

  nodeIds(): string[] {
    return this.states().map(({ nodeId }) => nodeId);
  }

  waiting(): Array<OpenNodeRun & { waiting: Waiting }> {
    return [...this.#runs.values()].filter(
      (run): run is OpenNodeRun & { waiting: Waiting } => run.waiting !== undefined,
    );
  }

  /** The run when it waits, undefined when it goes on already. */
  findWaiting(nodeId: string, runIndex: number): OpenNodeRun | undefined {
    return this.waiting().find(({ state }) => state.nodeId === nodeId && state.runIndex === runIndex);
  }

  /** What makes the execution go on, once all that is under way waits. */
  wait(): ExecutionWait {
    const waits = this.waiting().map(({ waiting }) => waiting);
    const dues = waits.flatMap(({ until }) => (until === null ? [] : [until]));
    const tokenHashes = waits.flatMap(({ tokenHash }) => (tokenHash === null ? [] : [tokenHash]));
    return { dueAt: dues.length > 0 ? Math.min(...dues) : null, tokenHashes: [...new Set(tokenHashes)] };
  }

  snapshot(): OpenRun[] {
    return [...this.#runs.values()].map(({ ready, state, isUnsafe, waiting }) => ({
      ...storedRun(ready),
      runIndex: state.runIndex,
      startedAt: state.startedAt,
      attempt: state.attempt,
      ...(isUnsafe && { unsafe: true as const }),
      ...(waiting && {
        wait: {
          until: waiting.until,
          ...(waiting.resume && { resume: waiting.resume }),
          tokenHash: waiting.tokenHash,
        },
      }),
    }));
  }
}
