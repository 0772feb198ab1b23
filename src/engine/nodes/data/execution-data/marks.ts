import type { ExecutionMarks } from '../../../../contract/index.ts';
import { hasRoomFor, LONGEST_MARK_KEY, MOST_MARKS, NodeError, withMark } from '../../../node-kit/index.ts';

/** Marks of an execution. A longer value is cut; throws NodeError PARAMETER_INVALID for one name too many or too long. */
export class Marks {
  values: ExecutionMarks = {};

  set(name: string, value: string): void {
    const key = name.trim();
    if (key.length > LONGEST_MARK_KEY)
      throw invalid(`the name "${key}" is longer than ${LONGEST_MARK_KEY} characters`);
    if (!hasRoomFor(this.values, key)) throw invalid(`an execution has at most ${MOST_MARKS} of them`);
    this.values = withMark(this.values, key, value);
  }
}

function invalid(reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field: 'marks', reason });
}
