import type { Item } from '../../contract/index.ts';
import { describeBinary } from './binary-view.ts';
import type { ExpressionScope, NodeScope, PageScope } from './scope.ts';

class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

const ownItem = (item: Item | undefined) =>
  item && { json: item.json, ...(item.binary && { binary: describeBinary(item.binary) }) };

/** Everything that can be asked from behind the wall. Answers are JSON text; nothing is thrown across. */
export function answerCall(scope: ExpressionScope, operation: string, valuesText: string): string {
  try {
    const value = answer(scope, operation, JSON.parse(valuesText) as unknown[]);
    return JSON.stringify({ v: value });
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : 'The answer could not be made.';
    return JSON.stringify({ e: { code: 'EXPRESSION_REFERENCE', reason } });
  }
}

function answer(scope: ExpressionScope, operation: string, values: unknown[]): unknown {
  switch (operation) {
    case 'meta':
      return metaOf(scope);
    case 'input':
      return pick(scope.items, values[0], (item) => ownItem(item));
    case 'node': {
      const node = nodeOf(scope, values[0]);
      return { runCount: node.runCount, parameters: node.parameters, context: node.context };
    }
    case 'items':
      return itemsOf(scope, values);
    case 'custom-data':
      return scope.customData.all();
    case 'set-custom-data':
      if (!scope.customData.set) throw new Refusal('customData can be set by code only.');
      return scope.customData.set(String(values[0]), String(values[1]));
    case 'page':
      return scope.page?.[values[0] as keyof PageScope];
    case 'paired':
      return pairedOf(scope, values);
    case 'paired-many':
      return pairedMany(scope, values);
    default:
      throw new Refusal(`There is no operation "${operation}".`);
  }
}

function metaOf(scope: ExpressionScope) {
  const { nodeId, nodeName, nodeVersion, runIndex, timezone, workflow, vars, env } = scope;
  const { id, mode, resumeUrl, resumeFormUrl } = scope.execution;
  const { parameters, previousNode, toolArguments, items } = scope;
  return {
    nodeId,
    nodeName,
    nodeVersion,
    runIndex,
    timezone,
    workflow,
    // Addresses may be made when they are read, so they are no fields of their own.
    execution: { id, mode, resumeUrl, resumeFormUrl },
    vars,
    env,
    parameters,
    previousNode,
    toolArguments,
    itemCount: items.length,
  };
}

export function nodeOf(scope: ExpressionScope, name: unknown): NodeScope {
  const node = typeof name === 'string' ? scope.node(name) : undefined;
  if (node) return node;
  throw new Refusal(
    `there is no node called "${String(name)}" in this workflow. Check the name, or pick the node from the list.`,
  );
}

function runItems(scope: ExpressionScope, name: unknown, output: unknown, run: unknown): readonly Item[] {
  const node = nodeOf(scope, name);
  const runIndex = typeof run === 'number' && run >= 0 ? run : undefined;
  const items = node.items(runIndex, typeof output === 'number' ? output : undefined);
  if (items) return items;
  if (node.runCount === 0) {
    throw new Refusal(
      `the node "${node.name}" has not run yet. Run it first, or check that it is connected before this node.`,
    );
  }
  throw new Refusal(`the node "${node.name}" has no run ${String(run)} or output ${String(output)}.`);
}

function itemsOf(scope: ExpressionScope, [name, which, output, run]: unknown[]): unknown {
  const items = runItems(scope, name, output, run);
  if (typeof which === 'number' && which >= items.length) {
    throw new Refusal(
      `the node "${String(name)}" has no item ${which}, it gave ${items.length}. Use $('${String(name)}').first() for the same item each time.`,
    );
  }
  return pick(items, which, ownItem);
}

function pairedOf(scope: ExpressionScope, [name, index]: unknown[]): unknown {
  runItems(scope, name, undefined, undefined);
  const paired = scope.pairedItem(String(name), Number(index));
  if ('broken' in paired) throw new Refusal(paired.broken);
  return ownItem(paired.item);
}

function pairedMany(scope: ExpressionScope, [name, indexes]: unknown[]): unknown {
  runItems(scope, name, undefined, undefined);
  const places = new Map<Item, number>();
  const items: unknown[] = [];
  const refs = (Array.isArray(indexes) ? indexes : []).map((index) => {
    const paired = scope.pairedItem(String(name), Number(index));
    if ('broken' in paired) return paired.broken;
    let place = places.get(paired.item);
    if (place === undefined) {
      place = items.push(ownItem(paired.item)) - 1;
      places.set(paired.item, place);
    }
    return place;
  });
  return { items, refs };
}

function pick(items: readonly Item[], which: unknown, view: (item: Item | undefined) => unknown): unknown {
  if (which === 'all') return items.map(view);
  return view(items.at(which === 'first' ? 0 : which === 'last' ? -1 : Number(which)));
}

/** For callers on this side of the wall: the same answer as a value. */
export function lookUp(
  scope: ExpressionScope,
  operation: 'items' | 'paired',
  values: unknown[],
): { value: unknown } | { reason: string } {
  try {
    return { value: answer(scope, operation, values) };
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason };
    throw error;
  }
}
