import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './driver-call.ts';

/** What OpenSSH and others say when they have as many sessions as they take (RFC 4254, section 5.1). */
const FULL: readonly unknown[] = [2, 4];
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 250;
const GIVE_UP_MS = 10_000;

/**
 * Opens a session on a connection. A server takes only so many at a time, and counts one for a moment longer than we do: it
 * is asked again until there is room, for ten seconds. Nothing of the session has begun by then.
 */
export async function openSession<C>(start: Parameters<typeof call<C>>[0], signal: AbortSignal): Promise<C> {
  let waited = 0;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await call<C>(start);
    } catch (error) {
      if (!FULL.includes((error as { reason?: unknown }).reason) || waited >= GIVE_UP_MS) throw error;
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      waited += wait;
    }
  }
}
