import type { SqlClient } from './sql-database.ts';

const inside = new WeakSet<SqlClient>();

/**
 * Does the work in a transaction, the one under way where there is one: all of it takes place, or nothing. What is stopped
 * is not committed, though its last statement may have ended well.
 */
export async function inTransaction<R>(
  client: SqlClient,
  work: () => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  if (inside.has(client)) return work();
  await client.control('begin');
  inside.add(client);
  try {
    const result = await work();
    signal?.throwIfAborted();
    await client.control('commit');
    return result;
  } catch (error) {
    // The failure is the one to tell of; a connection that is gone has rolled back by itself.
    await client.control('rollback').catch(() => undefined);
    throw error;
  } finally {
    inside.delete(client);
  }
}
