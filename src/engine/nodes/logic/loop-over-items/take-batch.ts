import type { Item } from '../../../../contract/index.ts';

/** What a loop remembers between its runs. */
export interface LoopState {
  /** All items to go through; those before `position` were handed out. */
  queue: Item[];
  position: number;
  /** What came back, for the `done` output. */
  collected: Item[];
  batches: number;
  batchSize: number;
  isDone: boolean;
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
    Object.assign(loop, {
      queue: arrived,
      position: 0,
      collected: [],
      batches: 0,
      isDone: false,
      entry: arrival.from,
    });
  } else {
    const target = arrival.from === loop.entry ? loop.queue : loop.collected;
    for (const item of arrived) target.push(item);
  }
  loop.batchSize = batchSize;
  const batch = loop.queue.slice(loop.position, loop.position + batchSize);
  if (batch.length > 0) {
    loop.position += batch.length;
    loop.batches += 1;
    loop.isDone = false;
    return { batch, done: [] };
  }
  const done = loop.collected;
  Object.assign(loop, { queue: [], position: 0, collected: [], batches: 0, isDone: true });
  return { batch: [], done };
}

/** How far the loop is, for expressions: `currentRunIndex` counts batches from 0. */
export function progressOf(state: Partial<LoopState>): Record<string, unknown> {
  const { queue = [], position = 0, batches = 0, batchSize = 1, isDone = false } = state;
  return {
    currentRunIndex: Math.max(batches - 1, 0),
    maxRunIndex: Math.ceil(queue.length / batchSize),
    noItemsLeft: position >= queue.length,
    done: isDone,
  };
}

/** The input an item came with may be several runs of the loop ago when it leaves. */
function cameFrom(item: Item, index: number, run: number): Item {
  return { ...item, pairedItem: { item: index, run } };
}
