import type { ExecutionStatus } from '../../contract/index.ts';

/** Every transition an execution may make; see the diagram in this folder's README. */
const TRANSITIONS: Record<ExecutionStatus, readonly ExecutionStatus[]> = {
  queued: ['running', 'cancelled', 'failed'],
  running: ['waiting', 'success', 'failed', 'cancelled'],
  waiting: ['running', 'failed', 'cancelled'],
  success: [],
  failed: [],
  cancelled: [],
};

export type FinalStatus = 'success' | 'failed' | 'cancelled';

export function canBecome(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

export function isFinished(status: ExecutionStatus): status is FinalStatus {
  return TRANSITIONS[status].length === 0;
}
