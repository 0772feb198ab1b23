import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { WorkflowVersion } from '../../../contract/index.ts';
import { client, useEngineEvents } from '../../client/index.ts';

const PAGE_SIZE = 50;

/** A workflow's versions, the newest first, more of them as they are asked for; kept up to date. */
export function useVersionList(workflowId: Ref<string>) {
  const versions = shallowRef<WorkflowVersion[]>([]);
  const total = ref<number | null>(null);
  const cursor = ref<string | null>(null);
  const error = shallowRef<unknown>(null);
  const isLoading = ref(false);

  async function fetchPage(page: { limit: number; cursor?: string }): Promise<void> {
    const id = workflowId.value;
    isLoading.value = true;
    try {
      const answer = await client.workflows.versions.list({ id, ...page });
      if (id !== workflowId.value) return;
      versions.value = page.cursor ? [...versions.value, ...answer.items] : answer.items;
      cursor.value = answer.nextCursor;
      total.value = answer.total;
      error.value = null;
    } catch (failure) {
      error.value = failure;
    } finally {
      isLoading.value = false;
    }
  }

  /** As many as are shown, anew. */
  const refresh = () => fetchPage({ limit: Math.min(200, Math.max(PAGE_SIZE, versions.value.length)) });

  useEngineEvents((event) => {
    const isOurs = event.type === 'workflow-changed' && event.workflowId === workflowId.value;
    if (isOurs || event.type === 'gap') void refresh();
  });
  watch(workflowId, () => void fetchPage({ limit: PAGE_SIZE }), { immediate: true });

  return {
    versions,
    total,
    error,
    isLoading,
    hasMore: computed(() => cursor.value !== null),
    loadMore: () => cursor.value && fetchPage({ limit: PAGE_SIZE, cursor: cursor.value }),
    refresh,
  };
}
