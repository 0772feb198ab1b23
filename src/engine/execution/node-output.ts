import type { Item } from '../../contract/index.ts';
import { NodeError, type ItemList, type NodeOutput } from '../node-kit/index.ts';
import type { Spill } from './spill.ts';

/** Brings what a node gave back into one list per output port, lineage filled in where it can be told. */
export function toOutputLists(
  output: NodeOutput,
  options: { portCount: number; inputs: readonly (ItemList | null)[]; spill: Spill },
): ItemList[] {
  if (typeof output !== 'object' || output === null) {
    throw new NodeError('NODE_OUTPUT_INVALID', { reason: `it gave ${String(output)}` });
  }
  const ports = 'ports' in output ? output.ports : [output];
  const inputLength = options.inputs.length === 1 ? (options.inputs[0]?.length ?? 0) : undefined;
  const lists = ports.map((port) =>
    isItemList(port) ? port : options.spill.keep(checkItems(port, inputLength)),
  );
  while (lists.length < options.portCount) lists.push(options.spill.keep([]));
  return lists;
}

function isItemList(port: readonly Item[] | ItemList): port is ItemList {
  return !Array.isArray(port);
}

function checkItems(items: readonly Item[], inputLength: number | undefined): readonly Item[] {
  let needsLineage = false;
  for (const [index, item] of items.entries()) {
    if (typeof item !== 'object' || item === null || typeof item.json !== 'object' || item.json === null) {
      throw new NodeError('NODE_OUTPUT_INVALID', {
        itemIndex: index,
        reason: `item ${index} has no "json" object`,
      });
    }
    needsLineage ||= item.pairedItem === undefined;
  }
  if (!needsLineage || !inputLength) return items;
  // One item in: everything came from it. As many out as in: they belong together in order.
  if (inputLength === 1)
    return items.map((item) => (item.pairedItem === undefined ? { ...item, pairedItem: { item: 0 } } : item));
  if (inputLength === items.length) {
    return items.map((item, index) =>
      item.pairedItem === undefined ? { ...item, pairedItem: { item: index } } : item,
    );
  }
  return items;
}

/**
 * What leaves a node that failed as a whole but may go on: its input items. On the error port each tells of the error;
 * with `continue` they go on as they came, and the run tells.
 */
export function errorOutputs(
  error: { message: string },
  policy: 'continue' | 'error-output',
  items: readonly Item[],
  portCount: number,
): Item[][] {
  const sources: readonly Item[] = items.length > 0 ? items : [{ json: {} }];
  const isPaired = items.length > 0;
  const marked = sources.map((item, index): Item => {
    const json = policy === 'continue' ? item.json : { ...item.json, error: error.message };
    return {
      json,
      ...(item.binary && { binary: item.binary }),
      ...(isPaired && { pairedItem: { item: index } }),
    };
  });
  const outputs: Item[][] = Array.from({ length: portCount }, () => []);
  outputs[policy === 'continue' ? 0 : portCount - 1] = marked;
  return outputs;
}
