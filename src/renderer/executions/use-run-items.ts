import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { Item, NodeRun } from '../../contract/index.ts';
import { client, describeApiError } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { showToast } from '../ui/index.ts';

const PAGE_SIZE = 2_000;

/** The items one node run gave on one port: those that came with the execution, and more as they are asked for. */
export function useRunItems(executionId: Ref<string>, run: Ref<NodeRun>, port: Ref<number>) {
  const fetched = shallowRef<Item[]>([]);
  const isLoading = ref(false);
  const first = computed(() => run.value.outputs[port.value] ?? []);
  // The same run is fetched anew while its execution goes on; what the user loaded stays.
  watch([executionId, () => run.value.nodeId, () => run.value.runIndex, port], () => (fetched.value = []));

  const items = computed(() => [...first.value, ...fetched.value]);
  return {
    items,
    isLoading,
    total: computed(() => run.value.itemCounts[port.value] ?? first.value.length),
    async loadMore() {
      isLoading.value = true;
      try {
        const page = await client.executions.items({
          id: executionId.value,
          nodeId: run.value.nodeId,
          runIndex: run.value.runIndex,
          port: port.value,
          offset: items.value.length,
          limit: PAGE_SIZE,
        });
        fetched.value = [...fetched.value, ...page.items];
      } catch (error) {
        showToast({ kind: 'error', title: describeApiError(error, locale.value) });
      } finally {
        isLoading.value = false;
      }
    },
  };
}
