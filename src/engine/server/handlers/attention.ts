import { EngineError } from '../../kernel/index.ts';
import { implementer } from './implementer.ts';

const { pending, notifications } = implementer;

export const pendingHandlers = {
  list: pending.list.handler(({ input, context }) => context.services.storage.pending.list(input)),

  decide: pending.decide.handler(async ({ input, context: { services } }) => {
    const { executionId, nodeId, runIndex, approved, comment } = input;
    const execution = await services.storage.executions.get(executionId);
    if (!execution) throw new EngineError('EXECUTION_NOT_FOUND', { id: executionId });
    await services.executions.decide(
      { executionId, nodeId, runIndex },
      { approved, comment: comment.trim(), by: null, via: 'app', at: services.clock.now() },
    );
    return { executionId };
  }),
};

export const notificationHandlers = {
  list: notifications.list.handler(({ context }) => context.services.storage.notifications.list()),

  markRead: notifications.markRead.handler(async ({ input, context: { services } }) => {
    await services.storage.notifications.markRead(input.subjects);
    services.events.publish({ type: 'notifications-changed' });
    const { unread } = await services.storage.notifications.list();
    return { unread };
  }),
};
