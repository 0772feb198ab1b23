import { z } from 'zod';
import { WorkflowDocument } from './workflow.ts';

/** How a version came to be: by activating, by itself while somebody worked on the draft, or by hand. */
export const VersionKind = z.enum(['published', 'automatic', 'named']);
export type VersionKind = z.infer<typeof VersionKind>;

/** A state of a workflow that is kept. Only name and note ever change. Times are UTC milliseconds. */
export const WorkflowVersion = z.object({
  workflowId: z.string(),
  version: z.number().int(),
  kind: VersionKind,
  /** What a person called it; empty when nobody did. */
  name: z.string(),
  note: z.string(),
  /** What the workflow was called in it. */
  workflowName: z.string(),
  nodeCount: z.number().int(),
  /** Whether this is the version that triggers run. */
  published: z.boolean(),
  createdAt: z.number().int(),
});
export type WorkflowVersion = z.infer<typeof WorkflowVersion>;

export const WorkflowVersionDetail = WorkflowVersion.extend({ document: WorkflowDocument });
export type WorkflowVersionDetail = z.infer<typeof WorkflowVersionDetail>;
