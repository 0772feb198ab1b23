import { z } from 'zod';
import { Item } from './item.ts';
import { WorkflowDocument } from './workflow.ts';

export const ExecutionStatus = z.enum(['queued', 'running', 'waiting', 'success', 'failed', 'cancelled']);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

export const ExecutionMode = z.enum([
  'manual',
  'trigger',
  'webhook',
  'schedule',
  'retry',
  'sub-workflow',
  'error',
]);
export type ExecutionMode = z.infer<typeof ExecutionMode>;

/** A failure as users see it: no stack, no secret. */
export const ExecutionError = z.object({
  code: z.string(),
  message: z.string(),
  nodeId: z.string().optional(),
  nodeName: z.string().optional(),
  itemIndex: z.number().int().optional(),
  runIndex: z.number().int().optional(),
  /** Dotted path of the parameter the failure is about. */
  parameter: z.string().optional(),
  /** Character offset within the parameter's text, from 0. */
  position: z.number().int().optional(),
  description: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type ExecutionError = z.infer<typeof ExecutionError>;

export const ConsoleLine = z.object({
  level: z.enum(['debug', 'info', 'warn', 'error']),
  text: z.string(),
  at: z.number().int(),
});
export type ConsoleLine = z.infer<typeof ConsoleLine>;

/** Where the items of one input port came from; null where nothing arrived. */
export const InputSource = z.object({
  nodeId: z.string(),
  outputIndex: z.number().int(),
  runIndex: z.number().int(),
});
export type InputSource = z.infer<typeof InputSource>;

export const NodeRunStatus = z.enum(['running', 'waiting', 'success', 'failed', 'cancelled']);
export type NodeRunStatus = z.infer<typeof NodeRunStatus>;

/** One run of one node without its items. `itemCounts` has one number per main output port. */
export const NodeRunSummary = z.object({
  nodeId: z.string(),
  nodeName: z.string(),
  runIndex: z.number().int(),
  status: NodeRunStatus,
  startedAt: z.number().int(),
  durationMs: z.number(),
  attempt: z.number().int(),
  pinned: z.boolean(),
  /** One entry per input port. */
  sources: z.array(InputSource.nullable()),
  itemCounts: z.array(z.number().int()),
  error: ExecutionError.optional(),
  logs: z.array(ConsoleLine).optional(),
});
export type NodeRunSummary = z.infer<typeof NodeRunSummary>;

/** One run of one node; `outputs[port]` holds the first items only, see `itemCounts` for how many there are. */
export const NodeRun = NodeRunSummary.extend({ outputs: z.array(z.array(Item)) });
export type NodeRun = z.infer<typeof NodeRun>;

/** Texts that a workflow marks its execution with, to find it by. */
export const ExecutionMarks = z.record(z.string(), z.string());
export type ExecutionMarks = z.infer<typeof ExecutionMarks>;

export const ExecutionSummary = z.object({
  id: z.string(),
  workflowId: z.string().nullable(),
  workflowName: z.string(),
  /** Number of the published version that ran; null for a draft. */
  version: z.number().int().nullable(),
  status: ExecutionStatus,
  mode: ExecutionMode,
  /** UTC milliseconds. */
  startedAt: z.number().int(),
  finishedAt: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  error: ExecutionError.nullable(),
  marks: ExecutionMarks.optional(),
  /** The execution that this one repeats or takes up again. */
  retryOf: z.string().optional(),
});
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;

/** What a person says of an effect that was under way when GuixuFlow stopped: do it again, it took place, give it up. */
export const EffectDecision = z.enum(['repeat', 'done', 'fail']);
export type EffectDecision = z.infer<typeof EffectDecision>;

/** A node run that was interrupted in effects of which nobody knows whether they took place. */
export const UndecidedRun = z.object({
  nodeId: z.string(),
  nodeName: z.string(),
  runIndex: z.number().int(),
  /** The input items that were being worked on, from 0; one 0 where the run works on all items at once. */
  units: z.array(z.number().int()),
});
export type UndecidedRun = z.infer<typeof UndecidedRun>;

/** `current` is the published version now, or the draft where the execution ran one. */
export const RetryVersion = z.enum(['same', 'current']);
export type RetryVersion = z.infer<typeof RetryVersion>;

/** One way in which a workflow is not what it was when an execution ran. */
export const RetryMismatch = z.object({
  nodeId: z.string(),
  nodeName: z.string(),
  kind: z.enum(['removed', 'replaced', 'changed', 'rewired']),
  /** The execution has results of this node that the repeated one would take over. */
  hasRun: z.boolean(),
});
export type RetryMismatch = z.infer<typeof RetryMismatch>;

/** An execution with the document it ran and every node run in the order of starting. */
export const ExecutionDetail = ExecutionSummary.extend({
  document: WorkflowDocument,
  nodeRuns: z.array(NodeRun),
});
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;
