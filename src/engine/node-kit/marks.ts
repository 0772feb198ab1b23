import type { ExecutionMarks } from '../../contract/index.ts';

/** Lists show marks beside each execution, so they are few and short. */
export const MOST_MARKS = 10;
export const LONGEST_MARK_KEY = 50;
const LONGEST_VALUE = 512;

/** Whether one more mark of that name fits beside those. */
export function hasRoomFor(marks: ExecutionMarks, key: string): boolean {
  return Object.hasOwn(marks, key) || Object.keys(marks).length < MOST_MARKS;
}

/** The marks with this one among them, its value cut where it is too long. */
export function withMark(marks: ExecutionMarks, key: string, value: string): ExecutionMarks {
  const others = Object.entries(marks).filter(([name]) => name !== key);
  // From entries, since a name may be one that assigning to means something else.
  return Object.fromEntries([...others, [key, value.slice(0, LONGEST_VALUE)]]);
}
