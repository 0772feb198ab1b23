import { withEventMeta } from '@orpc/server';
import type { EngineEvent } from '../../../contract/index.ts';
import { implementer } from './implementer.ts';

export const eventHandlers = {
  subscribe: implementer.events.subscribe.handler(async function* ({
    input,
    context: { services },
    lastEventId,
    signal,
  }) {
    const ended = signal ? AbortSignal.any([signal, services.stopping]) : services.stopping;
    const events = services.events.subscribe({
      since: sequenceOf(lastEventId),
      filter: (event) => concerns(event, input),
      signal: ended,
    });
    for await (const { sequence, event } of events) {
      // A copy, because the mark is attached to the object and one event goes to many watchers.
      yield withEventMeta({ ...event }, { id: String(sequence) });
    }
  }),
};

/** A mark that is not one of ours asks for something that is not held: the hub answers 0 with a gap. */
function sequenceOf(lastEventId: string | undefined): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  return /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : 0;
}

function concerns(event: EngineEvent, wanted: { workflowId?: string; executionId?: string }): boolean {
  if (event.type === 'gap') return true;
  if (event.type === 'notifications-changed' || event.type === 'credential-connected')
    return wanted.workflowId === undefined && wanted.executionId === undefined;
  const about: { executionId?: string; workflowId?: string | null } =
    'execution' in event
      ? { executionId: event.execution.id, workflowId: event.execution.workflowId }
      : event;
  if (wanted.workflowId !== undefined && about.workflowId !== wanted.workflowId) return false;
  return wanted.executionId === undefined || about.executionId === wanted.executionId;
}
