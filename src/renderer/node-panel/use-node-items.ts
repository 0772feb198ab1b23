import { ref, shallowRef, watch, type Ref } from 'vue';
import type { Item } from '../../contract/index.ts';
import { client } from '../client/index.ts';

const PAGE_SIZE = 200;

export interface ItemAddress {
  executionId: string;
  nodeId: string;
  runIndex: number;
  port: number;
}

/** Pages of what a node run gave on one port. `pinned` items take the place of a run where there is no address. */
export function useNodeItems(
  address: Ref<ItemAddress | null>,
  pinned: Ref<readonly Item[] | undefined>,
  stamp: Ref<unknown>,
) {
  const items = shallowRef<readonly Item[]>([]);
  const total = ref(0);
  const isLoading = ref(false);
  let turn = 0;

  async function load(offset: number): Promise<void> {
    const wanted = address.value;
    if (!wanted) return;
    const mine = (turn += 1);
    isLoading.value = true;
    try {
      const { executionId: id, ...rest } = wanted;
      const page = await client.executions.items({ id, ...rest, offset, limit: PAGE_SIZE });
      if (mine !== turn) return;
      items.value = offset === 0 ? page.items : [...items.value, ...page.items];
      total.value = page.total;
    } catch {
      // A run without stored output has nothing to show; its error is shown beside.
      if (mine === turn && offset === 0) show([]);
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }

  function show(list: readonly Item[]) {
    items.value = list;
    total.value = list.length;
  }

  watch(
    [() => JSON.stringify(address.value), pinned, stamp],
    ([next], [before]) => {
      turn += 1;
      isLoading.value = false;
      if (next !== before) show([]);
      if (address.value) void load(0);
      else show(pinned.value ?? []);
    },
    { immediate: true },
  );

  return { items, total, isLoading, loadMore: () => load(items.value.length) };
}
