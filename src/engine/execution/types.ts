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
  parentExecutionId?: string;
  /** Levels of sub-workflows above this one. */
  depth?: number;
  /** Whoever began this execution and waits for an answer. */
  caller?: Caller;
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
  /** Takes up what waited when the engine stopped. */
  restoreWaits(): Promise<void>;
  /** Cancels; resolves once the execution has ended. Throws EXECUTION_NOT_FOUND or EXECUTION_FINISHED. */
  stop(executionId: string): Promise<ExecutionSummary>;
  /** Executions of this process that have not ended. */
  running(): ExecutionSummary[];
  /** Refuses new executions, waits up to `graceMs` for the running ones, then cancels the rest. What waits is left waiting. */
  drain(graceMs: number): Promise<void>;
}
