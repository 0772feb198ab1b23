import { z } from 'zod';
import { ExecutionError } from './execution.ts';

/** How a trigger of an active workflow stands with what it listens to. Times are UTC milliseconds. */
export const TriggerStatus = z.object({
  nodeId: z.string(),
  nodeName: z.string(),
  state: z.enum(['connecting', 'connected', 'retrying']),
  /** When it came into this state; for `retrying`, when the connection was lost or first refused. */
  since: z.number().int(),
  /** When the latest message began an execution, since the engine started; null for none. */
  lastEventAt: z.number().int().nullable(),
  /** Attempts that failed in a row. */
  attempts: z.number().int(),
  nextAttemptAt: z.number().int().nullable(),
  /** Why it is not connected. */
  error: ExecutionError.nullable(),
});
export type TriggerStatus = z.infer<typeof TriggerStatus>;
