import type { EntryKey, QueryCache } from '@pinia/colada';

/**
 * Fetches again what is shown of these answers; all of them without a key. Never rejects: a failure is the query's own to
 * tell, and one that a newer fetch overtakes is none.
 */
export async function refreshQueries(cache: QueryCache, key?: EntryKey): Promise<void> {
  await cache.invalidateQueries(key && { key }).catch(() => undefined);
}
