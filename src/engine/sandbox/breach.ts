import type { Breach } from './protocol.ts';

/** Tells from what isolated-vm threw whether a limit was hit. It has no error codes, only these messages. */
export function breachOf(error: unknown): Breach {
  const reason = error instanceof Error ? error.message : String(error);
  if (/execution timed out/i.test(reason)) return { kind: 'timeout' };
  if (/memory limit|allocation failed|out of memory/i.test(reason)) return { kind: 'memory' };
  return { kind: 'internal', reason };
}
