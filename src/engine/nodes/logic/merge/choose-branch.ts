import type { Item } from '../../../../contract/index.ts';
import { derive, NodeError } from '../../../node-kit/index.ts';

/** The items of one input, once all have arrived; `branch` counts from 1. */
export function chooseBranch(lists: ReadonlyArray<readonly Item[]>, branch: number): Item[] {
  const chosen = lists[branch - 1];
  if (!chosen) {
    const reason = `there is no input ${branch}, they are numbered 1 to ${lists.length}`;
    throw new NodeError('PARAMETER_INVALID', { parameter: 'branch', field: 'branch', reason });
  }
  return chosen.map((item, index) => derive(item.json, index, branch - 1, item.binary));
}
