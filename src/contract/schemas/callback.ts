import { z } from 'zod';
import { ExecutionError } from './execution.ts';

/** Whether a callback has arrived: `retrying` until then, `gave-up` after the last attempt. */
export const CallbackStatus = z.enum(['retrying', 'delivered', 'gave-up']);
export type CallbackStatus = z.infer<typeof CallbackStatus>;

/** A request that tells the outside how an execution ended. */
export const Callback = z.object({
  /** The same for every attempt, and sent along. */
  id: z.string(),
  executionId: z.string(),
  url: z.string(),
  status: CallbackStatus,
  attempts: z.number().int(),
  /** UTC milliseconds. */
  createdAt: z.number().int(),
  /** When it is sent next; null when it is not. */
  nextAt: z.number().int().nullable(),
  lastAt: z.number().int().nullable(),
  /** Why the last attempt failed. */
  lastError: ExecutionError.nullable(),
});
export type Callback = z.infer<typeof Callback>;
