import { ExecutionError, NotificationKind } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { NotificationStore } from '../types.ts';

export function createNotificationRepository(database: Database): NotificationStore {
  return {
    async list() {
      const rows = await database.read
        .selectFrom('notifications')
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('subject')
        .execute();
      const items = rows.map(({ workflow_id, workflow_name, execution_id, read, kind, error, ...row }) => ({
        ...row,
        kind: NotificationKind.parse(kind),
        error: error === null ? null : ExecutionError.parse(JSON.parse(error)),
        workflowId: workflow_id,
        workflowName: workflow_name,
        executionId: execution_id,
        read: read === 1,
      }));
      return { items, unread: items.filter(({ read }) => !read).length };
    },
    async add(notifications, keep) {
      await database.atomically(async (db) => {
        for (const {
          subject,
          kind,
          workflowId,
          workflowName,
          executionId,
          count,
          message,
          error,
          at,
        } of notifications) {
          const known = await db
            .selectFrom('notifications')
            .select(['count', 'read'])
            .where('subject', '=', subject)
            .executeTakeFirst();
          const row = {
            kind,
            workflow_id: workflowId,
            workflow_name: workflowName,
            execution_id: executionId,
            count: known?.read === 0 ? known.count + count : count,
            message,
            error: error && JSON.stringify(error),
            at,
            read: 0,
          };
          await db
            .insertInto('notifications')
            .values({ subject, ...row })
            .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
            .execute();
        }
        const oldest = await db
          .selectFrom('notifications')
          .select('at')
          .orderBy('at', 'desc')
          .offset(keep)
          .limit(1)
          .executeTakeFirst();
        if (oldest) await db.deleteFrom('notifications').where('at', '<=', oldest.at).execute();
      });
    },
    async markRead(subjects) {
      if (subjects?.length === 0) return;
      await database.atomically((db) =>
        db
          .updateTable('notifications')
          .set({ read: 1 })
          .$if(subjects !== undefined, (update) => update.where('subject', 'in', subjects ?? []))
          .execute(),
      );
    },
    async remove(subject) {
      await database.atomically((db) =>
        db.deleteFrom('notifications').where('subject', '=', subject).execute(),
      );
    },
  };
}
