import type { InputSource, Item } from '../../contract/index.ts';
import type { RunData } from './run-data.ts';

export type TracedItem = { item: Item } | { broken: string };

/**
 * Follows `pairedItem` back from item `itemIndex` of an input until it meets a run of `targetNodeId`.
 * `broken` says, in a sentence for people, why there is no such item or more than one.
 */
export function traceItem(
  runData: RunData,
  sources: readonly (InputSource | null)[],
  itemIndex: number,
  target: { id: string; name: string },
): TracedItem {
  const found = new Set<Item>();
  const seen = new Set<string>();
  let lostAt: string | undefined;

  const visit = (source: InputSource | null | undefined, index: number): void => {
    if (!source) return;
    const key = `${source.nodeId}/${source.runIndex}/${source.outputIndex}/${index}`;
    if (seen.has(key)) return;
    seen.add(key);
    const run = runData.run(source.nodeId, source.runIndex);
    const item = run?.outputs[source.outputIndex]?.read()[index];
    if (!run || !item) return;
    if (source.nodeId === target.id) {
      found.add(item);
      return;
    }
    if (item.pairedItem === undefined) {
      if (run.sources.length > 0) lostAt ??= run.nodeName;
      return;
    }
    for (const paired of Array.isArray(item.pairedItem) ? item.pairedItem : [item.pairedItem]) {
      const taker = paired.run === undefined ? run : runData.run(source.nodeId, paired.run);
      visit(taker?.sources[paired.input ?? 0], paired.item);
    }
  };
  for (const source of sources.slice(0, 1)) visit(source, itemIndex);

  const [item, ...others] = found;
  if (item && others.length === 0) return { item };
  if (item) {
    return {
      broken: `several items of "${target.name}" belong to this item; use .first(), .last() or .all()[index] instead of .item`,
    };
  }
  if (lostAt) {
    return {
      broken: `"${lostAt}" does not tell which item its output came from, so no item of "${target.name}" can be matched; use .first(), .last() or .all()[index] instead of .item`,
    };
  }
  return {
    broken: `no path leads back from this item to "${target.name}"; connect the nodes, or use .first(), .last() or .all()[index] instead of .item`,
  };
}
