import type { WorkflowSettings } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';

export interface AdmissionLimits {
  /** Executions that run at the same time. */
  running: number;
  /** Executions that may wait for their turn before callers are turned away. */
  queued: number;
}

type Priority = NonNullable<WorkflowSettings['priority']>;
const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

export interface Applicant {
  id: string;
  /** Executions with the same name share the workflow's own limit. */
  workflow: string;
  /** How many of the workflow may run at the same time; no limit of its own when null. */
  limit: number | null;
  priority: Priority;
}

/**
 * Decides when executions run: so many at a time in all, and of one workflow. Those of a higher priority go first, and
 * among equals the workflows take turns, so that one with many does not keep the others waiting.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #running = new Map<string, Applicant>();
  readonly #runningOf = new Map<string, number>();
  /** Per priority the workflows in the order of their turns, each with its executions in the order of coming. */
  readonly #queues: Record<Priority, Map<string, Array<{ applicant: Applicant; admit: () => void }>>> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };
  #queued = 0;
  #isClosed = false;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get queued(): number {
    return this.#queued;
  }

  /** Whether it may run now; it counts from then on, until `leave`. */
  enter(applicant: Applicant): boolean {
    if (!this.#hasRoom(applicant) || this.#isBehind(applicant)) return false;
    this.take(applicant);
    return true;
  }

  /** Lets nobody in until it is opened again. */
  close(): void {
    this.#isClosed = true;
  }

  open(): void {
    this.#isClosed = false;
    this.#admitNext();
  }

  /** Counts an execution that runs in any case: one that goes on after a wait, or that somebody watches. */
  take(applicant: Applicant): void {
    if (this.#running.has(applicant.id)) return;
    this.#running.set(applicant.id, applicant);
    this.#runningOf.set(applicant.workflow, (this.#runningOf.get(applicant.workflow) ?? 0) + 1);
  }

  /** Throws QUEUE_FULL when there is no room for another caller that would have to wait. */
  refuseBeyondLimit(): void {
    if (this.#queued >= this.#limits.queued) throw new EngineError('QUEUE_FULL', { queued: this.#queued });
  }

  /** `admit` is called when its turn has come; it counts as running by then. */
  queue(applicant: Applicant, admit: () => void): void {
    const queue = this.#queues[applicant.priority];
    const own = queue.get(applicant.workflow);
    if (own) own.push({ applicant, admit });
    else queue.set(applicant.workflow, [{ applicant, admit }]);
    this.#queued += 1;
  }

  /** The execution waits for something, has ended, or gave up its place in the queue. */
  leave(id: string): void {
    const applicant = this.#running.get(id);
    if (!applicant) {
      this.#withdraw(id);
      return;
    }
    this.#running.delete(id);
    const left = (this.#runningOf.get(applicant.workflow) ?? 1) - 1;
    if (left > 0) this.#runningOf.set(applicant.workflow, left);
    else this.#runningOf.delete(applicant.workflow);
    this.#admitNext();
  }

  #hasRoom({ workflow, limit }: Applicant): boolean {
    if (this.#isClosed || this.#running.size >= this.#limits.running) return false;
    return limit === null || (this.#runningOf.get(workflow) ?? 0) < limit;
  }

  /** Others of the same workflow came first. */
  #isBehind({ workflow, priority }: Applicant): boolean {
    return this.#queues[priority].has(workflow);
  }

  #admitNext(): void {
    for (let found = true; found && this.#queued > 0;)
      found = PRIORITIES.some((priority) => this.#admitOne(priority));
  }

  #admitOne(priority: Priority): boolean {
    const queue = this.#queues[priority];
    for (const [workflow, waiting] of queue) {
      const [first] = waiting;
      if (!first || !this.#hasRoom(first.applicant)) continue;
      waiting.shift();
      this.#queued -= 1;
      // To the end of the line: the next turn is another workflow's.
      queue.delete(workflow);
      if (waiting.length > 0) queue.set(workflow, waiting);
      this.take(first.applicant);
      first.admit();
      return true;
    }
    return false;
  }

  #withdraw(id: string): void {
    for (const queue of Object.values(this.#queues)) {
      for (const [workflow, waiting] of queue) {
        const index = waiting.findIndex(({ applicant }) => applicant.id === id);
        if (index < 0) continue;
        waiting.splice(index, 1);
        this.#queued -= 1;
        if (waiting.length === 0) queue.delete(workflow);
        return;
      }
    }
  }
}
