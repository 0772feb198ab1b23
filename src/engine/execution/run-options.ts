import type { ExecutionSummary, Item, WorkflowSettings } from '../../contract/index.ts';
import type { EffectUnit } from '../storage/index.ts';
import type { CompiledWorkflow } from './compiled-workflow.ts';
import type { Delivery } from './delivery-queue.ts';
import type { Recorder } from './recorder.ts';
import type { ResumeToken } from './resume-token.ts';
import type { NodeRunState } from './run-data.ts';
import type { ExecutionScope } from './scope.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import type { ExecutionSnapshot } from './snapshot.ts';
import type { Spill } from './spill.ts';
import type { Caller } from './types.ts';

export interface ExecutionRunOptions {
  services: ExecutionServices;
  workflow: CompiledWorkflow;
  summary: ExecutionSummary;
  settings: WorkflowSettings;
  timezone: string;
  usesPinnedData: boolean;
  recorder: Recorder;
  spill: Spill;
  scope: ExecutionScope;
  /** Node runs taken over from another execution, and what they set going. */
  seed: RunSeed;
  /** Shared with who holds the execution: a caller that was answered is taken out of it. */
  caller: Caller;
  token: ResumeToken;
  /** Part of what a wait stores. */
  about: Pick<ExecutionSnapshot, 'destinationNodeId' | 'depth' | 'awaited'>;
  /** Called once everything under way waits and that is stored; `dueAt` is when the first of it goes on by itself. */
  onWaiting(dueAt: number | null): void;
  /** Called when something of it goes on again. */
  onRunning(): void;
  runWorkflow(
    request: SubWorkflowRequest,
    call: string,
    signal: AbortSignal,
  ): Promise<{ executionId: string; items: Item[] }>;
}

/** What an execution begins with: deliveries, or all that an earlier process, or execution, had reached. */
export interface RunSeed {
  /** Node runs that are over; those of a snapshot may be open. */
  reused: readonly NodeRunState[];
  deliveries: readonly Delivery[];
  snapshot?: ExecutionSnapshot;
  /** What storage has of the units of open runs. */
  units?: readonly EffectUnit[];
  /** The runs are new to this execution, and are stored with it. */
  isCopy?: boolean;
}
