import type { Item } from '../../contract/index.ts';
import type { ItemList } from './item-list.ts';

/** Items for several output ports; `ports[n]` is what leaves port n. */
export interface PortItems {
  ports: Array<readonly Item[] | ItemList>;
}

/** Asks the run loop to finish this node later: at `until` (UTC milliseconds) it gives `ports`. */
export interface WaitRequest {
  wait: { until: number };
  ports: Array<readonly Item[]>;
}

/** What a node gives back: items for its first output, items per port, or a wait. */
export type NodeOutput = readonly Item[] | PortItems | WaitRequest;

export function toPorts(...ports: Array<readonly Item[] | ItemList>): PortItems {
  return { ports };
}

export function waitUntil(until: number, ...ports: Array<readonly Item[]>): WaitRequest {
  return { wait: { until }, ports };
}

/** An item made from input item `index` (of input port `input`), lineage set. */
export function derive(json: Item['json'], index: number, input = 0, binary?: Item['binary']): Item {
  return {
    json,
    ...(binary && { binary }),
    pairedItem: input === 0 ? { item: index } : { item: index, input },
  };
}
