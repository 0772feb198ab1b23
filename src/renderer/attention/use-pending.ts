import { useQuery, useQueryCache } from '@pinia/colada';
import { useI18n } from 'vue-i18n';
import type { PendingItem } from '../../contract/index.ts';
import { client, describeApiError, refreshQueries } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { showToast } from '../ui/index.ts';

/** What waits for people, or what they decided, kept up to date. */
export function usePending(query: () => { state: 'open' | 'decided'; executionId?: string; limit?: number }) {
  return useQuery({
    key: () => ['pending', query()],
    query: ({ signal }) => client.pending.list(query(), { signal }),
  });
}

/** Approving and rejecting. A failure becomes a message; gives whether it was done. */
export function useDecide() {
  const { t } = useI18n();
  const cache = useQueryCache();
  return async (
    { executionId, nodeId, runIndex }: PendingItem,
    { approved, comment }: { approved: boolean; comment: string },
  ): Promise<boolean> => {
    try {
      await client.pending.decide({ executionId, nodeId, runIndex, approved, comment });
      showToast({
        kind: 'success',
        title: t(approved ? 'approvals.approvedDone' : 'approvals.rejectedDone'),
      });
      return true;
    } catch (error) {
      showToast({ kind: 'error', title: describeApiError(error, locale.value) });
      return false;
    } finally {
      await refreshQueries(cache, ['pending']);
    }
  };
}
