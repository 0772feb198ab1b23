import type { ApprovalDecision, Item } from '../../contract/index.ts';
import { EMPTY_ITEM_LIST, type ResumeDeclaration } from '../node-kit/index.ts';
import type { UnitDecision } from './effect-units.ts';
import type { ExecutionHandle } from './node-context.ts';
import type { EffectAttempt, NodeOutcome } from './node-runner.ts';
import type { OpenNodeRun, OpenRuns, Waiting } from './open-runs.ts';
import { decidedOutputs, pendingOf } from './pending-approvals.ts';
import { pathOf } from './resume-token.ts';
import type { RunEvents } from './run-events.ts';
import type { ExecutionRunOptions } from './run-options.ts';
import { canBecome } from './status.ts';

interface Parts {
  open: OpenRuns;
  options: ExecutionRunOptions;
  about: ExecutionHandle['about'];
  events: RunEvents;
  /** Aborted once the execution has ended or left memory. */
  signal: AbortSignal;
  /** The wait is over, and the run with it. */
  complete(open: OpenNodeRun, outcome: NodeOutcome): void;
  /** Lets the execution look what else there is to do. */
  pump(): void;
  cancel(): void;
}

/** What waits in one execution, and for what: a time, a call, a page, an approval, a decision. */
export class Waits {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Finds out what became of effects that were under way when the process ended: by the node's word, or a person's. */
  async settleInterrupted(open: OpenNodeRun, { unit, itemCount }: EffectAttempt): Promise<void> {
    const units = open.units();
    const interrupted = unit === 'run' ? [0] : units.interrupted(itemCount);
    const { onReplay = 'ask' } = open.ready.node.node;
    if (onReplay === 'never') for (const one of interrupted) units.decide(one, { choice: 'fail' });
    if (onReplay === 'ask' && interrupted.length > 0) {
      await new Promise<void>((resolve) => {
        open.state.status = 'waiting';
        open.waiting = {
          until: null,
          resume: { kind: 'decision' },
          tokenHash: null,
          undecided: new Set(interrupted),
          decided: resolve,
          stop: () => {},
        };
        this.#parts.events.finished(open.state);
        this.#parts.pump();
      });
    }
    open.isUndecided = false;
  }

  /** The run waits for what its outcome says. */
  wait(open: OpenNodeRun, outcome: NodeOutcome & Pick<Required<NodeOutcome>, 'wait'>): void {
    const { state } = open;
    const { until, resume } = outcome.wait;
    state.status = 'waiting';
    state.outputs = outcome.outputs;
    state.attempt = outcome.attempt;
    const tokenHash = resume ? this.#parts.options.token.hash : null;
    this.await(open, { outcome, until, resume, tokenHash });
    this.#parts.events.finished(state);
    if (resume?.kind === 'approval') this.showPending();
    const page = resume?.kind === 'form' ? pathOf(this.#parts.options.token.text, resume.suffix) : null;
    this.#parts.pump();
    if (page !== null) this.#showPage(page);
  }

  /** A browser is led to the page no sooner than the wait for it is stored. */
  #showPage(path: string): void {
    const { caller, recorder } = this.#parts.options;
    const { onPage } = caller;
    if (!onPage) return;
    caller.onPage = undefined;
    caller.respond = undefined;
    recorder.flush().then(
      () => onPage(path),
      () => this.#parts.cancel(),
    );
  }

  /** Takes up a wait, begun here or elsewhere. */
  await(open: OpenNodeRun, about: Omit<Waiting, 'stop'> & { outcome: NodeOutcome }): void {
    const { clock } = this.#parts.options.services;
    const stop =
      about.until === null
        ? () => {}
        : clock.schedule(about.until - clock.now(), () => this.#endWait(open, about.outcome));
    open.waiting = { ...about, stop };
    this.#parts.signal.addEventListener('abort', stop, { once: true });
  }

  #endWait(open: OpenNodeRun, outcome: NodeOutcome): void {
    const { waiting } = open;
    if (this.#parts.signal.aborted || !waiting) return;
    waiting.stop();
    this.#parts.signal.removeEventListener('abort', waiting.stop);
    delete open.waiting;
    const isAwaited = this.#parts.open
      .waiting()
      .some(({ waiting: { tokenHash } }) => tokenHash === waiting.tokenHash);
    if (waiting.tokenHash !== null && !isAwaited) this.#parts.options.token.renew();
    if (waiting.resume?.kind === 'approval') this.showPending();
    this.#showRunning();
    this.#parts.complete(open, outcome);
  }

  /** The node runs that outside calls may end, the longest waiting first. */
  openWaits(): Array<{ nodeId: string; runIndex: number; resume: ResumeDeclaration; tokenHash: string }> {
    return this.#parts.open
      .waiting()
      .flatMap(({ state: { nodeId, runIndex }, waiting: { resume, tokenHash } }) =>
        resume && tokenHash !== null ? [{ nodeId, runIndex, resume, tokenHash }] : [],
      );
  }

  /** Ends a wait with these items. False when it has ended already. */
  resume(wait: { nodeId: string; runIndex: number }, items: readonly Item[]): boolean {
    const open = this.#parts.signal.aborted
      ? undefined
      : this.#parts.open.findWaiting(wait.nodeId, wait.runIndex);
    const outcome = open?.waiting?.outcome;
    if (!open || !outcome) return false;
    const outputs = [
      this.#parts.options.spill.keep(items),
      ...outcome.outputs.slice(1).map(() => EMPTY_ITEM_LIST),
    ];
    this.#endWait(open, { ...outcome, outputs });
    return true;
  }

  /** Ends the wait for an approval. False when it has ended already. */
  decide({ nodeId, runIndex }: { nodeId: string; runIndex: number }, decision: ApprovalDecision): boolean {
    const open = this.#parts.signal.aborted ? undefined : this.#parts.open.findWaiting(nodeId, runIndex);
    const { outcome, resume } = open?.waiting ?? {};
    if (!open || !outcome || resume?.kind !== 'approval') return false;
    this.#parts.options.recorder.decide({ nodeId, runIndex, decision });
    this.#endWait(open, {
      ...outcome,
      outputs: decidedOutputs(outcome.outputs, decision, this.#parts.options.spill),
    });
    return true;
  }

  /** What waits for people is stored as soon as it waits, whatever else of the execution is under way. */
  showPending(): void {
    const { recorder } = this.#parts.options;
    const waiting = this.#parts.open.waiting();
    for (const { state } of waiting) recorder.hold({ ...state });
    const pending = pendingOf(this.#parts.about, waiting);
    recorder.setPending(pending);
    recorder.flush().then(
      () =>
        this.#parts.options.services.onPending(
          this.#parts.about,
          pending.map(({ about }) => about.title),
        ),
      () => this.#parts.cancel(),
    );
  }

  /** Node runs of which nobody knows whether their effect took place, and by which units. */
  undecided(): Array<{ nodeId: string; runIndex: number; units: number[] }> {
    return this.#parts.open
      .waiting()
      .flatMap(({ state: { nodeId, runIndex }, waiting: { undecided } }) =>
        undecided ? [{ nodeId, runIndex, units: [...undecided] }] : [],
      );
  }

  /**
   * What a person says of one unit, or of all that are undecided. The run goes on with the last of them. False when
   * there was nothing to decide.
   */
  settle(about: { nodeId: string; runIndex: number; unit?: number }, decision: UnitDecision): boolean {
    const open = this.#parts.signal.aborted
      ? undefined
      : this.#parts.open.findWaiting(about.nodeId, about.runIndex);
    const undecided = open?.waiting?.undecided;
    if (!open || !undecided) return false;
    const units = about.unit === undefined ? [...undecided] : [about.unit];
    if (units.some((unit) => !undecided.has(unit))) return false;
    for (const unit of units) {
      open.units().decide(unit, decision);
      undecided.delete(unit);
    }
    this.#parts.options.recorder.progress();
    if (undecided.size > 0) return true;
    const decided = open.waiting?.decided;
    delete open.waiting;
    open.state.status = 'running';
    this.#showRunning();
    this.#parts.events.started(open.state);
    decided?.();
    return true;
  }

  /** An execution waits when all that is under way in it waits. */
  showWaiting(): void {
    if (this.#parts.options.summary.status !== 'running' || !this.#parts.open.allWait) return;
    this.#parts.options.summary.status = 'waiting';
    const { recorder, onWaiting } = this.#parts.options;
    const wait = this.#parts.open.wait();
    for (const { state } of this.#parts.open.waiting()) recorder.hold({ ...state });
    recorder.setStatus('waiting');
    recorder.setWait(wait);
    recorder.flush().then(
      () => onWaiting(wait.dueAt),
      () => this.#parts.cancel(),
    );
  }

  #showRunning(): void {
    if (
      this.#parts.options.summary.status === 'running' ||
      !canBecome(this.#parts.options.summary.status, 'running')
    )
      return;
    this.#parts.options.summary.status = 'running';
    this.#parts.options.onRunning();
    this.#parts.options.recorder.setStatus('running');
    this.#parts.options.recorder.setWait(null);
  }
}
