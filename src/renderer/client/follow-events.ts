/** `connecting` before the first answer, `open` while events flow, `lost` between a drop and the next success. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

export interface FollowOptions<TEvent> {
  /** Opens the stream; `lastEventId` is the last event that was seen. */
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<TEvent>>;
  eventId(event: TEvent): string | undefined;
  onEvent(event: TEvent): void;
  onState(state: ConnectionState): void;
  /** Gives true when asking again cannot help. */
  isFatal(error: unknown): boolean;
  /** Resolves after so many milliseconds, or when aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
}

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 10_000;

/**
 * Reads a stream of events for as long as `signal` allows, going on after the last event seen whenever it drops.
 * Resolves when aborted, or after a fatal failure.
 */
export async function followEvents<TEvent>(options: FollowOptions<TEvent>): Promise<void> {
  const { signal } = options;
  let lastEventId: string | undefined;
  let delay = FIRST_DELAY_MS;
  options.onState('connecting');
  while (!signal.aborted) {
    try {
      const events = await options.open(lastEventId, signal);
      options.onState('open');
      for await (const event of events) {
        delay = FIRST_DELAY_MS;
        lastEventId = options.eventId(event) ?? lastEventId;
        options.onEvent(event);
      }
    } catch (error) {
      if (options.isFatal(error)) {
        options.onState('lost');
        return;
      }
    }
    if (signal.aborted) return;
    options.onState('lost');
    await options.wait(delay, signal);
    delay = Math.min(delay * 2, LAST_DELAY_MS);
  }
}
