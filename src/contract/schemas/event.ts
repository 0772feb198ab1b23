import { z } from 'zod';
import { ExecutionSummary, NodeRunSummary, ConsoleLine } from './execution.ts';

/** What the engine tells whoever watches. `sequence` grows by one per event within one boot of the engine. */
export const EngineEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execution-started'), execution: ExecutionSummary }),
  z.object({ type: z.literal('execution-finished'), execution: ExecutionSummary }),
  z.object({
    type: z.literal('node-started'),
    executionId: z.string(),
    workflowId: z.string().nullable(),
    nodeId: z.string(),
    runIndex: z.number().int(),
  }),
  z.object({
    type: z.literal('node-finished'),
    executionId: z.string(),
    workflowId: z.string().nullable(),
    nodeRun: NodeRunSummary,
  }),
  z.object({
    type: z.literal('node-log'),
    executionId: z.string(),
    workflowId: z.string().nullable(),
    nodeId: z.string(),
    line: ConsoleLine,
  }),
  z.object({
    type: z.literal('workflow-changed'),
    workflowId: z.string(),
    change: z.enum(['saved', 'activated', 'deactivated', 'deleted', 'versions']),
  }),
  /** Something began or ceased to wait for a person. */
  z.object({
    type: z.literal('pending-changed'),
    executionId: z.string(),
    workflowId: z.string().nullable(),
  }),
  z.object({ type: z.literal('callback-changed'), executionId: z.string() }),
  z.object({ type: z.literal('notifications-changed') }),
  /** Somebody has signed in for it. */
  z.object({ type: z.literal('credential-connected'), credentialId: z.string() }),
  /** A trigger of an active workflow was connected, or lost what it listens to. */
  z.object({ type: z.literal('trigger-status-changed'), workflowId: z.string() }),
  /** The events asked for are not held any more: fetch the present state, then go on from here. */
  z.object({ type: z.literal('gap') }),
]);
export type EngineEvent = z.infer<typeof EngineEvent>;
