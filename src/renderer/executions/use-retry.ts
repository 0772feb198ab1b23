import { useQueryCache } from '@pinia/colada';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { Item, RetryMismatch } from '../../contract/index.ts';
import { client, describeApiError, refreshQueries } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { showToast } from '../ui/index.ts';
import './recovery-texts.ts';

export type RetryChoice = { from: 'failed' | 'start'; version: 'same' | 'current' };

/** Repeating an execution. On the current version the user first sees what has changed, where that matters. */
export function useRetry(executionId: () => string) {
  const { t } = useI18n();
  const router = useRouter();
  const cache = useQueryCache();
  const changes = ref<RetryMismatch[]>([]);
  let confirmed: RetryChoice | null = null;

  async function attempt(work: () => Promise<{ id: string } | null>): Promise<void> {
    try {
      const started = await work();
      if (!started) return;
      showToast({ kind: 'success', title: t('recovery.started') });
      await refreshQueries(cache, ['executions']);
      await router.push(`/executions/${started.id}`);
    } catch (error) {
      showToast({ kind: 'error', title: t('recovery.failed'), text: describeApiError(error, locale.value) });
    }
  }

  const begin = (choice: RetryChoice) =>
    attempt(() => client.executions.retry({ id: executionId(), ...choice }));

  async function retry(choice: RetryChoice): Promise<void> {
    if (choice.version === 'same' || choice.from === 'start') return begin(choice);
    await attempt(async () => {
      const { items } = await client.executions.compareWithCurrent({ id: executionId() });
      if (items.length === 0) return client.executions.retry({ id: executionId(), ...choice });
      confirmed = choice;
      changes.value = items;
      return null;
    });
  }

  return {
    changes,
    retry,
    dismiss: () => (changes.value = []),
    async confirm() {
      changes.value = [];
      if (confirmed) await begin(confirmed);
    },
    fromNode: (node: string, items: Item[]) =>
      attempt(() => client.executions.retry({ id: executionId(), from: 'node', node, items })),
  };
}
