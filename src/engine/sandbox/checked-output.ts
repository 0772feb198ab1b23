import { NodeError } from '../kernel/index.ts';
import { problemOf } from './runtime/problem.ts';

/** What `normalize…` gives, on this side of the wall. Throws NodeError CODE_OUTPUT_INVALID. */
export function checkedOutput<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { code, itemIndex } = problemOf(error) ?? {};
    if (code === undefined) throw error;
    throw new NodeError(
      'CODE_OUTPUT_INVALID',
      { reason: (error as Error).message, ...(itemIndex !== undefined && { itemIndex }) },
      { cause: error },
    );
  }
}
