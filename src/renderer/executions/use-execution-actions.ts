import { useQueryCache } from '@pinia/colada';
import { useI18n } from 'vue-i18n';
import { client, describeApiError, refreshQueries } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { confirmAction, showToast } from '../ui/index.ts';

/** Stopping and deleting executions. Failures become messages; each gives whether it was done. */
export function useExecutionActions() {
  const { t } = useI18n();
  const cache = useQueryCache();

  async function attempt(action: () => Promise<string>): Promise<boolean> {
    try {
      showToast({ kind: 'success', title: await action() });
      return true;
    } catch (error) {
      showToast({ kind: 'error', title: describeApiError(error, locale.value) });
      return false;
    } finally {
      await refreshQueries(cache, ['executions']);
    }
  }

  return {
    stop: (id: string) =>
      attempt(async () => {
        await client.executions.stop({ id });
        return t('executions.stopped');
      }),

    async remove(ids: string[]): Promise<boolean> {
      const confirmed = await confirmAction({
        title: t('executions.deleteTitle', ids.length),
        text: t('executions.deleteText'),
        confirmLabel: t('common.delete'),
        danger: true,
      });
      if (!confirmed) return false;
      return attempt(async () => {
        const { deleted } = await client.executions.delete({ ids });
        return t('executions.deleted', deleted);
      });
    },
  };
}
