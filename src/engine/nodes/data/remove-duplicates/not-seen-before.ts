import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Digests of values, the oldest first: they are short, and tell nobody what the values were. */
const History = z.object({ seen: z.array(z.string()) }).catch({ seen: [] });

/** The indexes of the values that neither the history nor an earlier value holds, and the history with them. */
export function notSeenBefore(
  values: readonly string[],
  history: unknown,
  historySize: number,
): { indexes: ReadonlySet<number>; history: { seen: string[] } } {
  const seen = new Set(History.parse(history).seen);
  const indexes = new Set<number>();
  values.forEach((value, index) => {
    const digest = createHash('sha256').update(value).digest('base64url').slice(0, 22);
    if (seen.has(digest)) return;
    seen.add(digest);
    indexes.add(index);
  });
  return { indexes, history: { seen: [...seen].slice(-historySize) } };
}
