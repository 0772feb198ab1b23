import { useQuery, useQueryCache } from '@pinia/colada';
import { onScopeDispose, type Ref } from 'vue';
import { client, useEngineEvents, refreshQueries } from '../client/index.ts';

/** First items of each port that come along; the rest is fetched on demand. */
const ITEM_LIMIT = 100;
const REFRESH_MS = 400;

/** One execution with its node runs, kept up to date while it goes on. */
export function useExecution(id: Ref<string>) {
  const cache = useQueryCache();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  useEngineEvents((event) => {
    if (!('executionId' in event) || event.executionId !== id.value) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void refreshQueries(cache, ['executions', 'detail', id.value]);
    }, REFRESH_MS);
  });
  return useQuery({
    key: () => ['executions', 'detail', id.value],
    query: ({ signal }) => client.executions.get({ id: id.value, itemLimit: ITEM_LIMIT }, { signal }),
  });
}
