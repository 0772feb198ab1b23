import type { ExecutionStatus } from '../../contract/index.ts';

/** Whether an execution may still change by itself, and so can be stopped. */
export function isLive(status: ExecutionStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'waiting';
}
