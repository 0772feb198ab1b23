import type { EngineEvent } from '../../contract/index.ts';

export interface SequencedEvent {
  sequence: number;
  event: EngineEvent;
}

/** Passes live events to whoever watches, and keeps the last ones so that a dropped watcher can go on. */
export interface EventHub {
  /** False while nobody watches and so nothing need be built for publishing. */
  readonly isWatched: boolean;
  publish(event: EngineEvent): void;
  /**
   * Events after `since` in order, then live ones until `signal` aborts. Begins with a `gap` event when some of those
   * asked for are not held any more.
   */
  subscribe(options: {
    since?: number;
    filter?: (event: EngineEvent) => boolean;
    signal: AbortSignal;
  }): AsyncGenerator<SequencedEvent, void, void>;
}

/** How long events go on being collected after the last watcher left, so that it finds them when it comes back. */
const LINGER_MS = 60_000;

export function createEventHub(options: { capacity: number; now: () => number }): EventHub {
  const ring: SequencedEvent[] = [];
  // Starts at the time of boot, so that numbers of an earlier boot are recognised as too old.
  let sequence = options.now();
  let watchers = 0;
  let lastLeftAt = -Infinity;
  const wakeUps = new Set<() => void>();

  return {
    get isWatched() {
      return watchers > 0 || options.now() - lastLeftAt < LINGER_MS;
    },
    publish(event) {
      sequence += 1;
      ring.push({ sequence, event });
      // Dropping half at once keeps the cost per event constant.
      if (ring.length > options.capacity) ring.splice(0, options.capacity >> 1);
      for (const wake of wakeUps) wake();
    },
    async *subscribe({ since, filter, signal }) {
      let position = since ?? sequence;
      let wake = () => {};
      const wakeUp = () => wake();
      watchers += 1;
      wakeUps.add(wakeUp);
      signal.addEventListener('abort', wakeUp);
      try {
        const firstHeld = ring[0]?.sequence ?? sequence + 1;
        if (position > sequence || (position < sequence && position + 1 < firstHeld)) {
          position = sequence;
          yield { sequence: position, event: { type: 'gap' } };
        }
        while (!signal.aborted) {
          const next = ring.slice(indexAfter(ring, position));
          for (const sequenced of next) {
            position = sequenced.sequence;
            if (!filter || filter(sequenced.event)) yield sequenced;
            if (signal.aborted) return;
          }
          if (position < sequence) continue;
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (signal.aborted || position < sequence) resolve();
          });
        }
      } finally {
        watchers -= 1;
        lastLeftAt = options.now();
        wakeUps.delete(wakeUp);
        signal.removeEventListener('abort', wakeUp);
      }
    },
  };
}

function indexAfter(ring: readonly SequencedEvent[], position: number): number {
  const first = ring[0]?.sequence ?? 0;
  return Math.max(0, Math.min(ring.length, position - first + 1));
}
