import type {
  ApprovalDecision,
  ExecutionError,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  Item,
  WorkflowDocument,
} from '../../contract/index.ts';
import type { ResumeDeclaration, WebhookResponse } from '../node-kit/index.ts';
import type { UnitDecision } from './effect-units.ts';
import type { RunSeed } from './run-options.ts';
import type { ScheduledSlot, StartKey } from '../storage/index.ts';

/** Who waits for an answer to the call that began or resumed an execution. */
export interface Caller {
  /** The answer a node gave; called at most once. */
  respond?: ((response: WebhookResponse) => void) | undefined;
  /** The execution shows a page, at this path below the waiting forms; called at most once. */
  onPage?: ((path: string) => void) | undefined;
}

/** A node run that an outside call may end. */
export interface OpenWait {
  executionId: string;
  nodeId: string;
  runIndex: number;
  resume: ResumeDeclaration;
  document: WorkflowDocument;
  summary: ExecutionSummary;
}

export interface StartRequest {
  /** What runs. The caller hands over a document that was validated. */
  document: WorkflowDocument;
  workflowId: string | null;
  /** Number of the published version, null for a draft. */
  version: number | null;
  mode: ExecutionMode;
  /** Id of the trigger node to start from; the only trigger when not given. */
  startNodeId?: string;
  /** The output at which the start node gives it; the first when not given. */
  startPort?: number;
  /** What the start node gives; one empty item when not given. */
  input?: readonly Item[];
  /** Stop once this node (id) has run, and run only what it needs. */
  destinationNodeId?: string;
  /** Take over the runs of nodes that have not changed since this execution. */
  reuseExecutionId?: string;
  /** The execution that begins this one, and which of its calls. */
  parent?: { executionId: string; call: string; waits: boolean };
  /** The execution that this one repeats or takes up again. */
  retryOf?: string;
  /** Where to take up instead of beginning at a trigger. */
  seed?: RunSeed;
  /** Levels of sub-workflows above this one. */
  depth?: number;
  /** Whoever began this execution and waits for an answer. */
  caller?: Caller;
  /**
   * Begins only when none of these is taken; else EXECUTION_STARTED_ALREADY with the fact `id`. The row is then stored
   * before anything runs.
   */
  startKeys?: readonly StartKey[];
  /** The slot of a schedule that it is for. */
  slot?: ScheduledSlot;
  /**
   * When the execution's row must be stored: `start` before anything runs; `first-write` together with the first
   * thing worth storing, which for short executions is their end (one commit in all).
   */
  store: 'start' | 'first-write';
}

export interface ExecutionResult {
  id: string;
  status: Extract<ExecutionStatus, 'success' | 'failed' | 'cancelled'>;
  error: ExecutionError | null;
  durationMs: number;
  /** Items of the first output of the node that finished last. */
  lastItems: readonly Item[];
}

export interface RunningExecution {
  readonly id: string;
  readonly summary: ExecutionSummary;
  /** Resolves when the execution's row is committed. */
  readonly stored: Promise<void>;
  /** Resolves, never rejects, after the execution ended and everything of it is committed. */
  readonly finished: Promise<ExecutionResult>;
}

/** Where a repeated execution begins. */
export type RetryPoint =
  | { kind: 'start' }
  /** With what the execution had not got done when it failed or was stopped. */
  | { kind: 'failed' }
  /** At that node, with its input as it was or these items in place of the first input's. */
  | { kind: 'node'; nodeId: string; items?: readonly Item[] };

export interface RetryRequest {
  executionId: string;
  from: RetryPoint;
  /** Runs this instead of what ran then. */
  current?: { document: WorkflowDocument; version: number | null };
  caller?: Caller;
}

export interface Recovery {
  /** Executions that go on. */
  resumed: number;
  /** Executions that could not. */
  ended: number;
  /** Resolves when all of them go on again. */
  done: Promise<void>;
}

/** Runs workflows in this process. */
export interface ExecutionService {
  /** Throws EngineError (WORKFLOW_INVALID, START_NODE_AMBIGUOUS, TRIGGER_MISSING, ENGINE_STOPPING ...) and then nothing ran. */
  start(request: StartRequest): Promise<RunningExecution>;
  /** What a resume token is for, the longest waiting first. Null when nothing waits for it (any more). */
  findWait(token: string, fits: (resume: ResumeDeclaration) => boolean): Promise<OpenWait | null>;
  /** Ends a wait with what came in. Throws WAIT_OVER when it has ended meanwhile. */
  resume(wait: OpenWait, items: readonly Item[], caller?: Caller): Promise<RunningExecution>;
  /** Ends the wait for an approval; resolves when that is stored. Throws WAIT_OVER when nothing waits there. */
  decide(
    wait: { executionId: string; nodeId: string; runIndex: number },
    decision: ApprovalDecision,
  ): Promise<void>;
  /** Takes over what the processes before left unfinished. */
  recover(): Promise<Recovery>;
  /** Units of which nobody knows whether they took effect, by node run. */
  undecided(executionId: string): Promise<Array<{ nodeId: string; runIndex: number; units: number[] }>>;
  /** Says what became of one such unit, or of all of a run. Throws DECISION_OVER when there is nothing to say. */
  settle(
    about: { executionId: string; nodeId: string; runIndex: number; unit?: number },
    decision: UnitDecision,
  ): Promise<ExecutionSummary>;
  /**
   * Begins an execution that repeats or takes up an earlier one. Throws EXECUTION_UNFINISHED, RETRY_NODE_GONE,
   * RETRY_NODE_NEVER_RAN, RETRY_NOTHING_LEFT and what `start` throws.
   */
  retry(request: RetryRequest): Promise<RunningExecution>;
  /** Cancels; resolves once the execution has ended. Throws EXECUTION_NOT_FOUND or EXECUTION_FINISHED. */
  stop(executionId: string): Promise<ExecutionSummary>;
  /** Executions of this process that have not ended. */
  running(): ExecutionSummary[];
  /** Refuses new executions, waits up to `graceMs` for the running ones, then leaves the rest, and what waits, to the next process. */
  drain(graceMs: number): Promise<void>;
}
