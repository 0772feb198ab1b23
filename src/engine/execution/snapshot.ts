import { z } from 'zod';
import { ExecutionMarks, InputSource, Item } from '../../contract/index.ts';
import type { ResumeDeclaration } from '../node-kit/index.ts';

/** An input of a node that has not run yet: the items themselves only where no node gave them. */
const StoredInput = z.union([
  z.null(),
  z.object({ items: z.array(Item) }),
  z.object({ source: InputSource }),
]);
const StoredRun = z.object({ nodeId: z.string(), inputs: z.array(StoredInput) });
export type StoredRun = z.infer<typeof StoredRun>;

export const QueueSnapshot = z.object({
  ready: z.array(StoredRun),
  passes: z.array(StoredRun),
  begun: z.array(z.string()),
});
export type QueueSnapshot = z.infer<typeof QueueSnapshot>;

/** A node run that waits. Its outputs, for when its time is up, lie with the run data. */
const WaitingRun = z.object({
  nodeId: z.string(),
  runIndex: z.number().int(),
  until: z.number().nullable(),
  // Written by nodes of this program, read by the same.
  resume: z.custom<ResumeDeclaration>().optional(),
  tokenHash: z.string().nullable(),
});
export type WaitingRun = z.infer<typeof WaitingRun>;

/** What of a waiting execution is not run data. */
export const ExecutionSnapshot = z.object({
  queue: QueueSnapshot,
  waiting: z.array(WaitingRun),
  states: z.record(z.string(), z.record(z.string(), z.unknown())),
  marks: ExecutionMarks.optional(),
  last: z.object({ nodeId: z.string(), runIndex: z.number().int() }).nullable(),
  destinationNodeId: z.string().optional(),
  depth: z.number().int().optional(),
});
export type ExecutionSnapshot = z.infer<typeof ExecutionSnapshot>;
