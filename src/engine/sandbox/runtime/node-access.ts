import type { Call, ItemData } from './call.ts';
import { problem } from './problem.ts';

interface NodeInfo {
  runCount: number;
  parameters: Record<string, unknown>;
  context: Record<string, unknown>;
}

/** What `$('Name')` gives. */
export function nodeAccess(call: Call, name: unknown, itemIndex: number): object {
  if (typeof name !== 'string' || name === '') {
    throw problem('EXPRESSION_REFERENCE', `$() takes the name of a node, as in $('My node').`);
  }
  const info = () => call.ask<NodeInfo>('node', name);
  info();
  const paired = (index: number = itemIndex) => call.paired(name, index) as ItemData;
  return {
    get item() {
      return paired();
    },
    itemMatching(index: unknown) {
      if (typeof index !== 'number')
        throw problem('EXPRESSION_REFERENCE', 'itemMatching() takes the index of an input item.');
      return paired(index);
    },
    pairedItem: paired,
    first: (output?: number, run?: number) =>
      call.ask<ItemData | undefined>('items', name, 'first', output, run),
    last: (output?: number, run?: number) =>
      call.ask<ItemData | undefined>('items', name, 'last', output, run),
    all: (output?: number, run?: number) => call.ask<ItemData[]>('items', name, 'all', output, run),
    get params() {
      return info().parameters;
    },
    get isExecuted() {
      return info().runCount > 0;
    },
    get runIndex() {
      return info().runCount - 1;
    },
    get context() {
      return info().context;
    },
  };
}

/** What `$node["Name"]` gives: `json` and `binary` are those of the item with the same index. */
export function nodeByName(call: Call, itemIndex: number): object {
  return new Proxy(Object.freeze({}), {
    get(_target, name) {
      if (typeof name !== 'string') return undefined;
      const info = call.ask<NodeInfo>('node', name);
      const item = () => call.ask<ItemData>('items', name, itemIndex);
      return {
        get json() {
          return item().json;
        },
        get binary() {
          return item().binary ?? {};
        },
        parameter: info.parameters,
        runIndex: info.runCount - 1,
        context: info.context,
      };
    },
  });
}

/** What `$input` gives. */
export function inputAccess(call: Call, itemIndex: number): object {
  return {
    get item() {
      return call.ask<ItemData | undefined>('input', itemIndex);
    },
    first: () => call.ask<ItemData | undefined>('input', 'first'),
    last: () => call.ask<ItemData | undefined>('input', 'last'),
    all: () => call.ask<ItemData[]>('input', 'all'),
    get params() {
      const previous = call.meta.previousNode;
      return previous ? call.ask<NodeInfo>('node', previous.name).parameters : {};
    },
    get context() {
      const previous = call.meta.previousNode;
      return previous ? call.ask<NodeInfo>('node', previous.name).context : {};
    },
  };
}

/** What `$items()` gives: the input, or another node's items. */
export function itemsOf(call: Call, name?: string, output?: number, run?: number): ItemData[] {
  if (name === undefined) return call.ask<ItemData[]>('input', 'all');
  return call.ask<ItemData[]>('items', name, 'all', output, run === -1 ? undefined : run);
}
