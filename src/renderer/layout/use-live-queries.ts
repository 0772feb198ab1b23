import { useQueryCache } from '@pinia/colada';
import { onScopeDispose, watch } from 'vue';
import { connectionState, useEngineEvents, refreshQueries } from '../client/index.ts';

/** A busy engine finishes hundreds of executions a second; the lists ask again at most this often. */
const REFRESH_MS = 800;
/** What events keep true, and what is stale after some were missed. */
const FOLLOWED = ['executions', 'workflows', 'pending', 'callbacks', 'notifications'];

/** Keeps cached answers of the engine true: what its events touch is fetched again. */
export function useLiveQueries(): void {
  const cache = useQueryCache();
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    timer = undefined;
    for (const key of stale) void refreshQueries(cache, [key]);
    stale.clear();
  };
  const mark = (...keys: string[]) => {
    keys.forEach((key) => stale.add(key));
    timer ??= setTimeout(refresh, REFRESH_MS);
  };

  useEngineEvents((event) => {
    if (event.type === 'execution-started' || event.type === 'execution-finished') mark('executions');
    if (event.type === 'workflow-changed') mark('workflows');
    if (event.type === 'pending-changed') mark('pending');
    if (event.type === 'callback-changed' || event.type === 'execution-finished') mark('callbacks');
    if (event.type === 'notifications-changed') mark('notifications');
    if (event.type === 'gap') mark(...FOLLOWED);
  });
  watch(connectionState, (state, before) => {
    if (state === 'open' && before === 'lost') mark(...FOLLOWED, 'nodeTypes', 'system');
  });
  onScopeDispose(() => clearTimeout(timer));
}
