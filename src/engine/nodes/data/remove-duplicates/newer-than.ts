import { z } from 'zod';
import { NodeError, toMillis } from '../../../node-kit/index.ts';

const History = z.object({ highest: z.number() }).catch({ highest: -Infinity });

/**
 * The indexes of the values that are greater than the greatest of earlier executions, and the new greatest. Throws
 * NodeError PARAMETER_INVALID for what is no number or date.
 */
export function newerThan(
  values: readonly string[],
  history: unknown,
  { rule, timezone }: { rule: 'number' | 'date'; timezone: string },
): { indexes: ReadonlySet<number>; history: { highest: number } | null } {
  const before = History.parse(history).highest;
  const indexes = new Set<number>();
  let highest = before;
  values.forEach((text, itemIndex) => {
    const value = rule === 'number' ? readNumber(text) : toMillis(text, timezone);
    if (value === undefined) {
      const reason = `"${text}" is not a ${rule}`;
      throw new NodeError('PARAMETER_INVALID', { field: 'value', itemIndex, reason });
    }
    if (value > before) indexes.add(itemIndex);
    highest = Math.max(highest, value);
  });
  return { indexes, history: Number.isFinite(highest) ? { highest } : null };
}

function readNumber(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
