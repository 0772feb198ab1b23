import type { Clock } from '../kernel/index.ts';

/** Cancels one request when its time is up or its caller gives up, until it is released. */
export interface RequestDeadline {
  readonly signal: AbortSignal;
  /** Takes the timer and the listener away; call when the answer is complete or failed. */
  release(): void;
}

export function requestDeadline(
  clock: Clock,
  limits: { timeoutMs?: number; signal?: AbortSignal; onTimeout(): Error },
): RequestDeadline {
  const controller = new AbortController();
  const onAbort = () => controller.abort(limits.signal?.reason);
  if (limits.signal?.aborted) onAbort();
  else limits.signal?.addEventListener('abort', onAbort, { once: true });
  const cancelTimer = limits.timeoutMs
    ? clock.schedule(limits.timeoutMs, () => controller.abort(limits.onTimeout()))
    : undefined;
  return {
    signal: controller.signal,
    release() {
      cancelTimer?.();
      limits.signal?.removeEventListener('abort', onAbort);
    },
  };
}
