import { z } from 'zod';

/** What kinds of answers executions wait for from people. */
export const PendingKind = z.enum(['approval', 'decision']);
export type PendingKind = z.infer<typeof PendingKind>;

/** What someone decided. */
export const ApprovalDecision = z.object({
  approved: z.boolean(),
  comment: z.string(),
  /** Who decided, as far as that is known. */
  by: z.string().nullable(),
  via: z.enum(['app', 'link']),
  /** UTC milliseconds. */
  at: z.number().int(),
});
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** What is shown to who decides. `message` is Markdown. */
export const ApprovalText = z.object({
  title: z.string(),
  message: z.string(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type ApprovalText = z.infer<typeof ApprovalText>;

/** A node run that waits for a person, or waited. */
export const PendingItem = z.object({
  executionId: z.string(),
  nodeId: z.string(),
  runIndex: z.number().int(),
  kind: PendingKind,
  workflowId: z.string().nullable(),
  workflowName: z.string(),
  nodeName: z.string(),
  about: ApprovalText,
  /** UTC milliseconds. */
  since: z.number().int(),
  /** When it stops waiting by itself; null for never. */
  dueAt: z.number().int().nullable(),
  /** Null while it waits. */
  decision: ApprovalDecision.nullable(),
});
export type PendingItem = z.infer<typeof PendingItem>;
