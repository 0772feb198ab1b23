import type { Item } from '../../../../contract/index.ts';

/**
 * The items of a sub-workflow as outputs of its caller. Their own lineage points into the sub-workflow; here each comes
 * from the only input item, or from the one at its place where both sides have as many.
 */
export function pairResults(results: readonly Item[], inputCount: number): Item[] {
  return results.map(({ json, binary }, index) => {
    const source = inputCount === 1 ? 0 : results.length === inputCount ? index : undefined;
    return { json, ...(binary && { binary }), ...(source !== undefined && { pairedItem: { item: source } }) };
  });
}
