import type { Effect } from '../../../node-kit/index.ts';

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** What a request may have done when nobody knows whether it got through. */
export function requestEffect(method: string, headers: readonly string[]): Effect {
  if (READS.includes(method)) return 'read';
  return headers.some((name) => name.trim().toLowerCase() === 'idempotency-key') ? 'keyed' : 'unsafe';
}
