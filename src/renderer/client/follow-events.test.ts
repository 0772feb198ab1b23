import { describe, expect, it } from 'vitest';
import { followEvents, type ConnectionState } from './follow-events.ts';

type Event = { id: string };

/** Plays one round per connection; a round that ends in `drop` fails after its events. */
async function follow(rounds: Array<{ events: string[]; drop?: boolean } | Error>) {
  const stop = new AbortController();
  const asked: Array<string | undefined> = [];
  const seen: string[] = [];
  const states: ConnectionState[] = [];
  const waits: number[] = [];
  await followEvents<Event>({
    signal: stop.signal,
    async open(lastEventId) {
      asked.push(lastEventId);
      const round = rounds.shift();
      if (rounds.length === 0 && round === undefined) stop.abort();
      if (round instanceof Error) throw round;
      return (async function* () {
        for (const id of round?.events ?? []) yield { id };
        if (round?.drop) throw new Error('dropped');
      })();
    },
    eventId: (event) => event.id,
    onEvent: (event) => seen.push(event.id),
    onState: (state) => states.push(state),
    isFatal: (error) => error instanceof Error && error.message === 'fatal',
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { asked, seen, states, waits };
}

describe('followEvents', () => {
  it('goes on after the last event seen when the stream drops', async () => {
    const { asked, seen, states } = await follow([
      { events: ['1', '2'], drop: true },
      { events: ['3'], drop: true },
    ]);
    expect(asked).toEqual([undefined, '2', '3']);
    expect(seen).toEqual(['1', '2', '3']);
    expect(states).toEqual(['connecting', 'open', 'lost', 'open', 'lost', 'open']);
  });

  it('waits longer after each failure and briefly again after a success', async () => {
    const failure = new Error('unreachable');
    const { waits } = await follow([
      failure,
      failure,
      failure,
      failure,
      failure,
      failure,
      { events: ['1'] },
      failure,
    ]);
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 500, 1000]);
  });

  it('ends when asking again cannot help', async () => {
    const { asked, states } = await follow([new Error('fatal'), { events: ['1'] }]);
    expect(asked).toEqual([undefined]);
    expect(states).toEqual(['connecting', 'lost']);
  });
});
