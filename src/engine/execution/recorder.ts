import type {
  ExecutionError,
  ExecutionMarks,
  ExecutionStatus,
  WorkflowSettings,
} from '../../contract/index.ts';
import type { Clock } from '../kernel/index.ts';
import type {
  CallbackInsert,
  StartKey,
  EffectUnit,
  ExecutionInsert,
  ExecutionStore,
  ExecutionWait,
  ExecutionWrite,
  KeptData,
  NodeRunRecord,
  PendingInsert,
  PendingOutcome,
} from '../storage/index.ts';
import type { NodeRunState } from './run-data.ts';
import type { FinalStatus } from './status.ts';

/** How long finished pure runs may wait for company before they are written on their own. */
const RIDE_ALONG_MS = 250;

/** A unit whose result becomes text only if it is written before its run is over. */
type HeldUnit = Omit<EffectUnit, 'result'> & { result: () => string | null };

export interface RecorderOptions {
  store: ExecutionStore;
  clock: Clock;
  executionId: string;
  /** Absent for an execution that is stored already. */
  insert?: ExecutionInsert;
  save: NonNullable<WorkflowSettings['save']>;
  /** Crashes are counted against it until it gets something done. */
  hasCrashed?: boolean;
  /** Another execution waits for this one: what came of it is kept until that one has it. */
  isAwaited?: boolean;
  /** Units that storage knows of. */
  units?: readonly EffectUnit[];
  /** Told of a background write that failed; the execution cannot be trusted to be stored then. */
  onFailure(error: unknown): void;
}

/**
 * Writes one execution's progress. Runs of nodes without an outside effect are held back and ride along with the next
 * effect, the end, or a short timer, so that a chain of a hundred of them costs one commit. Each write but the last
 * has a checkpoint: what it takes to go on from exactly there.
 */
export class Recorder {
  readonly #store: ExecutionStore;
  readonly #clock: Clock;
  readonly #save: NonNullable<WorkflowSettings['save']>;
  readonly #onFailure: (error: unknown) => void;
  readonly #executionId: string;
  readonly #isAwaited: boolean;
  readonly #writtenUnits = new Set<string>();
  #checkpoint: (() => string) | undefined;
  #insert: ExecutionInsert | undefined;
  #held: NodeRunRecord[] = [];
  #units = new Map<string, HeldUnit>();
  #closedUnits: Array<{ nodeId: string; runIndex: number }> = [];
  #kept: KeptData[] = [];
  #marks: ExecutionMarks | undefined;
  #status: ExecutionStatus | undefined;
  #wait: ExecutionWait | null | undefined;
  #pending: readonly PendingInsert[] | undefined;
  #decided: PendingOutcome[] = [];
  /** Storage may hold a wait, a checkpoint, of this execution. */
  #hasWaited: boolean;
  #hasCheckpoint: boolean;
  /** Something changed that a checkpoint would tell. */
  #isAhead: boolean;
  #hasCrashed: boolean;
  #hasProgressed = false;
  #cancelTimer: (() => void) | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#insert = options.insert;
    this.#hasWaited = !options.insert;
    this.#hasCheckpoint = !options.insert;
    this.#isAhead = options.insert !== undefined;
    this.#executionId = options.executionId;
    this.#save = options.save;
    this.#isAwaited = options.isAwaited ?? false;
    this.#hasCrashed = options.hasCrashed ?? false;
    for (const unit of options.units ?? []) this.#writtenUnits.add(runKey(unit));
    this.#onFailure = options.onFailure;
  }

  /** Tells where checkpoints come from, as JSON. */
  checkpointWith(checkpoint: () => string): void {
    this.#checkpoint = checkpoint;
  }

  /** Holds a run back until the next write; the caller does not change it until then. */
  hold(run: NodeRunState): void {
    this.#held.push(run);
    this.#change();
  }

  /** Holds back what is known of a unit of a run that is under way. */
  unit(unit: HeldUnit): void {
    this.#units.set(`${runKey(unit)} ${unit.unit}`, unit);
    if (this.#save !== 'none') this.#arm();
  }

  /** The run is over: nobody will ask for its units. */
  closeUnits({ nodeId, runIndex }: { nodeId: string; runIndex: number }): void {
    if (this.#units.size === 0 && this.#writtenUnits.size === 0) return;
    const key = runKey({ nodeId, runIndex });
    for (const [held, unit] of this.#units) if (runKey(unit) === key) this.#units.delete(held);
    if (this.#writtenUnits.delete(key)) this.#closedUnits.push({ nodeId, runIndex });
  }

  /** Stores this with the next write, as nodes that keep something do. */
  keep(data: readonly KeptData[]): void {
    if (data.length === 0) return;
    this.#kept.push(...data);
    this.#change();
  }

  /** All marks of the execution, with the next write: that of the run which set the last of them. */
  mark(marks: ExecutionMarks): void {
    this.#marks = marks;
    this.#change();
  }

  /** The execution's state as others see it, with the next write. */
  setStatus(status: ExecutionStatus): void {
    this.#status = status;
    this.#isAhead = true;
    this.#arm();
  }

  /** What makes a waiting execution go on, with the next write; null when it waits no more. */
  setWait(wait: ExecutionWait | null): void {
    this.#wait = wait;
    this.#hasWaited = true;
    this.#isAhead = true;
    this.#arm();
  }

  /** It got something done, or somebody took care of it: earlier crashes are not held against it any more. */
  progress(): void {
    this.#hasProgressed ||= this.#hasCrashed;
    this.#hasCrashed = false;
  }

  /** All that waits for people from now on, with the next write. */
  setPending(pending: readonly PendingInsert[]): void {
    this.#pending = pending;
    this.#isAhead = true;
    this.#arm();
  }

  /** What someone decided, with the next write. */
  decide(outcome: PendingOutcome): void {
    this.#decided.push(outcome);
    this.#arm();
  }

  /** Commits what is held. Resolves when it is stored. */
  flush(): Promise<void> {
    this.#disarm();
    const write = this.#take();
    if (!write) return this.#last;
    if (this.#isAhead && this.#checkpoint) {
      write.checkpoint = this.#checkpoint();
      this.#hasCheckpoint = true;
    }
    this.#isAhead = false;
    return (this.#last = this.#store.commit(write));
  }

  /** Commits where the execution stands, whatever is held. Resolves when it is stored. */
  leave(): Promise<void> {
    this.#isAhead = true;
    return this.flush();
  }

  /**
   * Writes the end. Resolves when everything of the execution is stored, or removed where nothing is to be kept. After
   * a failure the checkpoint stays, so that somebody can go on from there.
   */
  finish(end: {
    status: FinalStatus;
    finishedAt: number;
    durationMs: number;
    error: ExecutionError | null;
    /** What is to be sent out about it; stored in the same commit. */
    callback?: CallbackInsert;
    followUp?: StartKey;
  }): Promise<void> {
    this.#disarm();
    const { callback, followUp, ...finish } = end;
    const after = { ...(callback && { callback }), ...(followUp && { followUp }) };
    const isStored = this.#isAwaited || isKept(this.#save, finish.status);
    return (this.#last = isStored ? this.#storeEnd(finish, after) : this.#discard(callback));
  }

  #storeEnd(
    end: NonNullable<ExecutionWrite['finish']>,
    after: Pick<ExecutionWrite, 'callback' | 'followUp'>,
  ): Promise<void> {
    const write = this.#take() ?? { executionId: this.#executionId };
    delete write.status;
    if (end.status !== 'success' && this.#checkpoint) write.checkpoint = this.#checkpoint();
    else if (this.#hasCheckpoint) write.checkpoint = null;
    return this.#store.commit({ ...write, ...after, ...(this.#hasWaited && { wait: null }), finish: end });
  }

  async #discard(callback: CallbackInsert | undefined): Promise<void> {
    const executionId = this.#executionId;
    if (this.#kept.length > 0 || callback)
      await this.#store.commit({ executionId, kept: this.#kept, ...(callback && { callback }) });
    if (!this.#insert) await this.#store.commit({ executionId, discard: true });
  }

  #take(): ExecutionWrite | undefined {
    const isNothing =
      this.#held.length === 0 &&
      this.#units.size === 0 &&
      this.#closedUnits.length === 0 &&
      this.#kept.length === 0 &&
      !this.#marks &&
      !this.#status &&
      !this.#pending &&
      this.#decided.length === 0 &&
      this.#wait === undefined &&
      !this.#isAhead;
    if (!this.#insert && isNothing) return undefined;
    const write: ExecutionWrite = { executionId: this.#executionId };
    if (this.#insert) write.insert = this.#insert;
    if (this.#held.length > 0) write.nodeRuns = this.#held;
    if (this.#hasCrashed && this.#held.some(({ status }) => status === 'success')) this.progress();
    if (this.#units.size > 0) write.units = this.#takeUnits();
    if (this.#hasProgressed) write.hasProgressed = true;
    this.#hasProgressed = false;
    if (this.#closedUnits.length > 0) write.closedUnits = this.#closedUnits;
    if (this.#kept.length > 0) write.kept = this.#kept;
    if (this.#marks) write.marks = this.#marks;
    if (this.#status) write.status = this.#status;
    if (this.#wait !== undefined) write.wait = this.#wait;
    if (this.#pending) write.pending = this.#pending;
    if (this.#decided.length > 0) write.decided = this.#decided;
    this.#insert = undefined;
    this.#held = [];
    this.#closedUnits = [];
    this.#kept = [];
    this.#marks = undefined;
    this.#status = undefined;
    this.#wait = undefined;
    this.#pending = undefined;
    this.#decided = [];
    return write;
  }

  #takeUnits(): EffectUnit[] {
    const units = [...this.#units.values()].map((unit) => ({ ...unit, result: unit.result() }));
    for (const unit of units) this.#writtenUnits.add(runKey(unit));
    if (units.some(({ result }) => result !== null)) this.progress();
    this.#units.clear();
    return units;
  }

  #change(): void {
    this.#isAhead = true;
    if (this.#save !== 'none') this.#arm();
  }

  #arm(): void {
    this.#cancelTimer ??= this.#clock.schedule(RIDE_ALONG_MS, () => {
      this.#cancelTimer = undefined;
      this.flush().catch(this.#onFailure);
    });
  }

  #disarm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

/** Whether an execution that ended so stays in the history. */
export function isKept(save: WorkflowSettings['save'], status: FinalStatus): boolean {
  return save === undefined || save === 'all' || (save === 'failed' && status !== 'success');
}

function runKey({ nodeId, runIndex }: { nodeId: string; runIndex: number }): string {
  return `${nodeId} ${runIndex}`;
}
