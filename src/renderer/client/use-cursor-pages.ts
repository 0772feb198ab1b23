import { computed, ref, watch, type WatchSource } from 'vue';

/**
 * Steps through a list that gives only the cursor of its next page. Back to the first page whenever `filters` change.
 */
export function useCursorPages(filters: WatchSource, pageSize: number) {
  /** Cursors of the pages before and including this one; the first page has none. */
  const trail = ref<string[]>([]);
  watch(filters, () => (trail.value = []), { deep: true });
  return {
    cursor: computed(() => trail.value.at(-1)),
    offset: computed(() => trail.value.length * pageSize),
    next: (cursor: string) => trail.value.push(cursor),
    previous: () => trail.value.pop(),
    restart: () => (trail.value = []),
  };
}
