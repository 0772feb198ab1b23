import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Notification } from '../schemas/notification.ts';
import { PendingItem } from '../schemas/pending.ts';

/** What executions ask of people. */
export const pendingProcedures = {
  /** What waits, the longest waiting first, or what was decided, the last first. `open` is how many wait in all. */
  list: oc
    .route({ method: 'GET', path: '/pending', tags: ['Approvals'] })
    .input(
      z.object({
        state: z.enum(['open', 'decided']).default('open'),
        executionId: z.string().optional(),
        limit: z.coerce.number().int().min(0).max(200).default(100),
      }),
    )
    .output(z.object({ items: z.array(PendingItem), open: z.number().int() })),
  /** Approves or rejects; gives 409 WAIT_OVER when nothing waits there any more. */
  decide: oc
    .route({ method: 'POST', path: '/pending/decide', tags: ['Approvals'] })
    .input(
      z.object({
        executionId: z.string(),
        nodeId: z.string(),
        runIndex: z.number().int().min(0).default(0),
        approved: z.boolean(),
        comment: z.string().max(10_000).default(''),
      }),
    )
    .output(z.object({ executionId: z.string() })),
};

/** What people should know of. */
export const notificationProcedures = {
  /** The newest first. */
  list: oc
    .route({ method: 'GET', path: '/notifications', tags: ['Notifications'] })
    .output(z.object({ items: z.array(Notification), unread: z.number().int() })),
  /** Marks these as read, all of them when none are named. */
  markRead: oc
    .route({ method: 'POST', path: '/notifications/read', tags: ['Notifications'] })
    .input(z.object({ subjects: z.array(z.string()).max(1000).optional() }))
    .output(z.object({ unread: z.number().int() })),
};
