import { z } from 'zod';
import { ExecutionError } from './execution.ts';

export const NotificationKind = z.enum([
  'execution-failed',
  'approval-waiting',
  'activation-failed',
  'trigger-failed',
  'callback-failed',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** Something people should know of. What happens again is counted, not told twice. */
export const Notification = z.object({
  /** What it is about; there is one notification about each subject. */
  subject: z.string(),
  kind: NotificationKind,
  workflowId: z.string().nullable(),
  workflowName: z.string(),
  /** The last execution it happened in. */
  executionId: z.string().nullable(),
  /** How often since it was read. */
  count: z.number().int(),
  /** What is asked; empty where something failed. */
  message: z.string(),
  error: ExecutionError.nullable(),
  /** When it happened last, UTC milliseconds. */
  at: z.number().int(),
  read: z.boolean(),
});
export type Notification = z.infer<typeof Notification>;
