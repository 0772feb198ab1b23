export { createCompiler, type CompiledWorkflow, type Compiler } from './compiled-workflow.ts';
export { createEventHub, type EventHub, type SequencedEvent } from './event-hub.ts';
export { compareForRetry } from './compare-for-retry.ts';
export { createExecutionService } from './service.ts';
export type { ExecutionServices } from './services.ts';
export { hashToken } from './resume-token.ts';
export type {
  Caller,
  ExecutionResult,
  ExecutionService,
  OpenWait,
  RunningExecution,
  StartRequest,
} from './types.ts';
export { createPreview, type PreviewRequest, type PreviewResult } from './preview.ts';
export { createTriggerParameters, type ResolveTriggerParameters } from './trigger-parameters.ts';
