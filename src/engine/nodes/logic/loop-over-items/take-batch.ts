import type { Item } from '../../../../contract/index.ts';

/** What a loop remembers between its runs. */
export interface LoopState {
  /** All items to go through; those before `position` were handed out. */
  queue: Item[];
  position: number;
  /** What came back, for the `done` output. */
  collected: Item[];
  /** Where the items to go through came from. What comes from elsewhere comes back from the loop. */
  entry: string;
}

interface Arrival {
  items: readonly Item[];
  /** Says which output of which node gave them. */
  from: string;
  runIndex: number;
}

/**
 * Takes in what arrived and gives the next batch, or, when all items were handed out, everything that came back.
 * Items from where the first ones came from begin a new loop once the last one is done, and join the queue before.
 */
export function takeBatch(
  state: Partial<LoopState>,
  arrival: Arrival,
  { batchSize, reset }: { batchSize: number; reset: boolean },
): { batch: Item[]; done: Item[] } {
  const loop = state as LoopState;
  const arrived = arrival.items.map((item, index) => cameFrom(item, index, arrival.runIndex));
  if (state.queue === undefined || reset) {
    Object.assign(loop, { queue: arrived, position: 0, collected: [], entry: arrival.from });
  } else {
    const target = arrival.from === loop.entry ? loop.queue : loop.collected;
    for (const item of arrived) target.push(item);
  }
  const batch = loop.queue.slice(loop.position, loop.position + batchSize);
  if (batch.length > 0) {
    loop.position += batch.length;
    return { batch, done: [] };
  }
  const done = loop.collected;
  Object.assign(loop, { queue: [], position: 0, collected: [] });
  return { batch: [], done };
}

/** The input an item came with may be several runs of the loop ago when it leaves. */
function cameFrom(item: Item, index: number, run: number): Item {
  return { ...item, pairedItem: { item: index, run } };
}
