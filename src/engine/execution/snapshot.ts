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

/** What a node run waits for. Its outputs, for when its time is up, lie with the run data. */
const StoredWait = z.object({
  until: z.number().nullable(),
  // Written by nodes of this program, read by the same.
  resume: z.custom<ResumeDeclaration>().optional(),
  tokenHash: z.string().nullable(),
});

/** A node run that is under way. */
const OpenRun = StoredRun.extend({
  runIndex: z.number().int(),
  startedAt: z.number().optional(),
  attempt: z.number().int().optional(),
  /** Set once the run was about to change something outside that cannot be told apart from doing it twice. */
  unsafe: z.literal(true).optional(),
  wait: StoredWait.optional(),
});
export type OpenRun = z.infer<typeof OpenRun>;

/** What of an execution that is not over is not run data. */
export const ExecutionSnapshot = z.object({
  queue: QueueSnapshot,
  open: z.array(OpenRun),
  /** Where an execution began that was not begun by a trigger, which would keep its input as its output. */
  begin: StoredRun.optional(),
  marks: ExecutionMarks.optional(),
  last: z.object({ nodeId: z.string(), runIndex: z.number().int() }).nullable(),
  destinationNodeId: z.string().optional(),
  depth: z.number().int().optional(),
  /** Another execution waits for this one. */
  awaited: z.literal(true).optional(),
});
export type ExecutionSnapshot = z.infer<typeof ExecutionSnapshot>;
