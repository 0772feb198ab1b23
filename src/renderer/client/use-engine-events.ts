import { getEventMeta } from '@orpc/client';
import { onScopeDispose, readonly, ref, type Ref } from 'vue';
import type { EngineEvent } from '../../contract/index.ts';
import { client } from './client.ts';
import { apiErrorCode } from './describe-api-error.ts';
import { followEvents, type ConnectionState } from './follow-events.ts';

type Listener = (event: EngineEvent) => void;

const listeners = new Set<Listener>();
const state = ref<ConnectionState>('connecting');
let stop: AbortController | undefined;

/** How the one event stream of this window is doing. */
export const connectionState: Readonly<Ref<ConnectionState>> = readonly(state);

/**
 * Calls `listener` for every event of the engine until the calling scope ends. All listeners share one stream, which
 * goes on where it stopped after a drop. A `gap` event means that some were missed: fetch the present state again.
 */
export function useEngineEvents(listener: Listener): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}

/** Opens the stream (again); called at start and after signing in. */
export function connectEngineEvents(): void {
  stop?.abort();
  stop = new AbortController();
  const { signal } = stop;
  void followEvents<EngineEvent>({
    signal,
    open: (lastEventId) => client.events.subscribe({}, { signal, lastEventId }),
    eventId: (event) => getEventMeta(event)?.id,
    onEvent: (event) => listeners.forEach((listener) => listener(event)),
    onState: (next) => {
      if (!signal.aborted) state.value = next;
    },
    isFatal: (error) => apiErrorCode(error) === 'UNAUTHORIZED',
    wait,
  });
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
