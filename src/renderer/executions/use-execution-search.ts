import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { ExecutionSummary } from '../../contract/index.ts';
import { client } from '../client/index.ts';

type Filter = Omit<Parameters<typeof client.executions.search>[0], 'text' | 'limit' | 'cursor'>;

/** How far a search has come. */
export interface SearchState {
  items: ExecutionSummary[];
  searched: number;
  searchedBackTo: number | null;
  /** Null when everything was looked through. */
  nextCursor: string | null;
}

const PAGE_SIZE = 50;

/**
 * Looks for a text in the data of executions: once anew for every other text or filter, and further back on demand.
 * Nothing happens while the text is empty.
 */
export function useExecutionSearch(text: Ref<string>, filter: Ref<Filter>) {
  const state = shallowRef<SearchState>();
  const error = shallowRef<unknown>();
  const isSearching = ref(false);
  let running = new AbortController();

  async function goOn() {
    const { signal } = running;
    const before = state.value;
    isSearching.value = true;
    error.value = undefined;
    try {
      const found = await client.executions.search(
        {
          ...filter.value,
          text: text.value,
          limit: PAGE_SIZE,
          ...(before?.nextCursor && { cursor: before.nextCursor }),
        },
        { signal },
      );
      if (signal.aborted) return;
      state.value = {
        items: [...(before?.items ?? []), ...found.items],
        searched: (before?.searched ?? 0) + found.searched,
        searchedBackTo: found.searchedBackTo ?? before?.searchedBackTo ?? null,
        nextCursor: found.nextCursor,
      };
    } catch (failure) {
      if (!signal.aborted) error.value = failure;
    } finally {
      if (running.signal === signal) isSearching.value = false;
    }
  }

  function stop() {
    running.abort();
    running = new AbortController();
    isSearching.value = false;
  }

  function start() {
    stop();
    state.value = undefined;
    if (text.value !== '') void goOn();
  }

  watch([text, () => JSON.stringify(filter.value)], start, { immediate: true });
  onScopeDispose(stop);
  return { state, error, isSearching, goOn, stop, start };
}
