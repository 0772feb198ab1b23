import { z } from 'zod';
import { Connection } from './workflow.ts';

/** One value that differs. What is not there on one side is left out there. */
export const FieldChange = z.object({
  /** Keys and indexes from the outside in, such as `["parameters", "headers", 0, "name"]`. */
  path: z.array(z.union([z.string(), z.number()])),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** `moved` is a node that stands elsewhere on the canvas and is otherwise as it was. */
export const NodeChange = z.object({
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  nodeId: z.string(),
  /** The name after the change; of a removed node the one it had. */
  name: z.string(),
  type: z.string(),
  fields: z.array(FieldChange),
});
export type NodeChange = z.infer<typeof NodeChange>;

export const ConnectionChange = z.object({ kind: z.enum(['added', 'removed']), connection: Connection });
export type ConnectionChange = z.infer<typeof ConnectionChange>;

/** What leads from one document of a workflow to another. */
export const WorkflowDiff = z.object({
  nodes: z.array(NodeChange),
  connections: z.array(ConnectionChange),
  /** Name, description, tags and settings. */
  fields: z.array(FieldChange),
  /** Pinned items by node id. */
  pinnedData: z.array(FieldChange),
});
export type WorkflowDiff = z.infer<typeof WorkflowDiff>;

/** Lines that differ in the YAML texts, with some around them. */
export const TextHunk = z.object({
  /** Numbers of the first lines, from 1. */
  oldStart: z.number().int(),
  newStart: z.number().int(),
  lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});
export type TextHunk = z.infer<typeof TextHunk>;

export const WorkflowComparison = z.object({ diff: WorkflowDiff, hunks: z.array(TextHunk) });
export type WorkflowComparison = z.infer<typeof WorkflowComparison>;
