import type { Item } from '../../contract/index.ts';
import type { ItemList } from './item-list.ts';
import type { ResumeDeclaration } from './resume.ts';

/** Items for several output ports; `ports[n]` is what leaves port n. */
export interface PortItems {
  ports: Array<readonly Item[] | ItemList>;
}

/** Asks the run loop to finish this node later. */
export interface WaitRequest {
  wait: {
    /** UTC milliseconds at which the node gives `ports`; null when only what `resume` says ends the wait. */
    until: number | null;
    /** What else ends it; the first output then gets what came in. */
    resume?: ResumeDeclaration;
  };
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

export function waitForCall(
  resume: ResumeDeclaration,
  until: number | null,
  ...ports: Array<readonly Item[]>
): WaitRequest {
  return { wait: { until, resume }, ports };
}

/** An item made from input item `index` (of input port `input`), lineage set. */
export function derive(json: Item['json'], index: number, input = 0, binary?: Item['binary']): Item {
  return {
    json,
    ...(binary && { binary }),
    pairedItem: input === 0 ? { item: index } : { item: index, input },
  };
}
