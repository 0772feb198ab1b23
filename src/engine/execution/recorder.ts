import type {
  ExecutionError,
  ExecutionMarks,
  ExecutionStatus,
  WorkflowSettings,
} from '../../contract/index.ts';
import type { Clock } from '../kernel/index.ts';
import type {
  CallbackInsert,
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

/**
 * Writes one execution's progress. Runs of nodes without an outside effect are held back and ride along with the next
 * effect, the end, or a short timer, so that a chain of a hundred of them costs one commit.
 */
export class Recorder {
  readonly #store: ExecutionStore;
  readonly #clock: Clock;
  readonly #save: NonNullable<WorkflowSettings['save']>;
  readonly #onFailure: (error: unknown) => void;
  readonly #executionId: string;
  #insert: ExecutionInsert | undefined;
  #held: NodeRunRecord[] = [];
  #kept: KeptData[] = [];
  #marks: ExecutionMarks | undefined;
  #status: ExecutionStatus | undefined;
  #wait: ExecutionWait | null | undefined;
  #pending: readonly PendingInsert[] | undefined;
  #decided: PendingOutcome[] = [];
  /** The execution may have a wait in storage. */
  #hasWaited: boolean;
  #cancelTimer: (() => void) | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(options: {
    store: ExecutionStore;
    clock: Clock;
    executionId: string;
    /** Absent for an execution that is stored already. */
    insert?: ExecutionInsert;
    save: NonNullable<WorkflowSettings['save']>;
    /** Told of a background write that failed; the execution cannot be trusted to be stored then. */
    onFailure(error: unknown): void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#insert = options.insert;
    this.#hasWaited = !options.insert;
    this.#executionId = options.executionId;
    this.#save = options.save;
    this.#onFailure = options.onFailure;
  }

  /** Holds a run back until the next write; the caller does not change it until then. */
  hold(run: NodeRunState): void {
    this.#held.push(run);
    if (this.#save !== 'none') this.#arm();
  }

  /** Stores this with the next write, as nodes that keep something do. */
  keep(data: readonly KeptData[]): void {
    this.#kept.push(...data);
    if (data.length > 0 && this.#save !== 'none') this.#arm();
  }

  /** All marks of the execution, with the next write: that of the run which set the last of them. */
  mark(marks: ExecutionMarks): void {
    this.#marks = marks;
    if (this.#save !== 'none') this.#arm();
  }

  /** The execution's state as others see it, with the next write. */
  setStatus(status: ExecutionStatus): void {
    this.#status = status;
    this.#arm();
  }

  /** What it takes to go on in another process, with the next write; null when the execution waits no more. */
  setWait(wait: ExecutionWait | null): void {
    this.#wait = wait;
    this.#hasWaited = true;
    this.#arm();
  }

  /** All that waits for people from now on, with the next write. */
  setPending(pending: readonly PendingInsert[]): void {
    this.#pending = pending;
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
    this.#last = this.#store.commit(write);
    return this.#last;
  }

  /** Writes the end. Resolves when everything of the execution is stored, or removed where nothing is to be kept. */
  async finish(end: {
    status: FinalStatus;
    finishedAt: number;
    durationMs: number;
    error: ExecutionError | null;
    /** What is to be sent out about it; stored in the same commit. */
    callback?: CallbackInsert;
  }): Promise<void> {
    this.#disarm();
    const { callback, ...finish } = end;
    const isKept = this.#save === 'all' || (this.#save === 'failed' && end.status !== 'success');
    if (!isKept) {
      const executionId = this.#executionId;
      if (this.#kept.length > 0 || callback)
        await this.#store.commit({ executionId, kept: this.#kept, ...(callback && { callback }) });
      if (!this.#insert) await this.#store.commit({ executionId, discard: true });
      return;
    }
    const write = this.#take() ?? { executionId: this.#executionId };
    delete write.status;
    this.#last = this.#store.commit({
      ...write,
      ...(this.#hasWaited && { wait: null }),
      ...(callback && { callback }),
      finish,
    });
    await this.#last;
  }

  #take(): ExecutionWrite | undefined {
    const isNothing =
      this.#held.length === 0 &&
      this.#kept.length === 0 &&
      !this.#marks &&
      !this.#status &&
      !this.#pending &&
      this.#decided.length === 0 &&
      this.#wait === undefined;
    if (!this.#insert && isNothing) return undefined;
    const write: ExecutionWrite = { executionId: this.#executionId };
    if (this.#insert) write.insert = this.#insert;
    if (this.#held.length > 0) write.nodeRuns = this.#held;
    if (this.#kept.length > 0) write.kept = this.#kept;
    if (this.#marks) write.marks = this.#marks;
    if (this.#status) write.status = this.#status;
    if (this.#wait !== undefined) write.wait = this.#wait;
    if (this.#pending) write.pending = this.#pending;
    if (this.#decided.length > 0) write.decided = this.#decided;
    this.#insert = undefined;
    this.#held = [];
    this.#kept = [];
    this.#marks = undefined;
    this.#status = undefined;
    this.#wait = undefined;
    this.#pending = undefined;
    this.#decided = [];
    return write;
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
