import { NodeError } from '../../../node-kit/index.ts';

/** Lists show marks beside each execution, so they are few and short. */
const MOST_MARKS = 10;
const LONGEST_KEY = 50;
const LONGEST_VALUE = 512;

/** Marks of an execution. A longer value is cut; throws NodeError PARAMETER_INVALID for one name too many or too long. */
export class Marks {
  readonly values: Record<string, string> = {};

  set(name: string, value: string): void {
    const key = name.trim();
    const isNew = !Object.hasOwn(this.values, key);
    if (key.length > LONGEST_KEY) throw invalid(`the name "${key}" is longer than ${LONGEST_KEY} characters`);
    if (isNew && Object.keys(this.values).length >= MOST_MARKS)
      throw invalid(`an execution has at most ${MOST_MARKS} of them`);
    Object.defineProperty(this.values, key, {
      value: value.slice(0, LONGEST_VALUE),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
}

function invalid(reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field: 'marks', reason });
}
