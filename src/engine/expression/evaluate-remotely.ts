import { answerCall, type ExpressionScope, type Sandbox } from '../sandbox/index.ts';
import { readMany, sameForAll } from './answers.ts';
import { jsonListOf } from './payload.ts';
import type { Program } from './program.ts';
import type { ExpressionFailure, ExpressionResult } from './types.ts';

const TIMEOUT_MS = 5000;
const MEMORY_MB = 128;

const BREACHES: Record<'timeout' | 'memory', ExpressionFailure> = {
  timeout: {
    code: 'SANDBOX_TIMEOUT',
    limitMs: TIMEOUT_MS,
    reason: `It ran longer than ${TIMEOUT_MS} ms and was stopped. Look for a loop that does not end.`,
  },
  memory: {
    code: 'SANDBOX_MEMORY',
    limitMb: MEMORY_MB,
    reason: `It used more than ${MEMORY_MB} MB of memory and was stopped. Work on fewer or smaller items.`,
  },
};

/** Evaluates in the sandbox process. Rejects with the signal's reason when it is aborted. */
export async function evaluateRemotely(
  sandbox: Sandbox,
  programs: readonly Program[],
  scope: ExpressionScope,
  itemIndexes: readonly number[],
  signal?: AbortSignal,
): Promise<ExpressionResult[][]> {
  const result = await sandbox.run(
    {
      owner: `expressions:${scope.owner}`,
      memoryMb: MEMORY_MB,
      timeoutMs: TIMEOUT_MS,
      timezone: scope.timezone,
      now: scope.now,
      job: {
        kind: 'expressions',
        sources: programs.map(({ source }) => source),
        itemsText: JSON.stringify(itemIndexes),
        jsonText: jsonListOf(programs, scope, itemIndexes),
      },
    },
    { ask: (operation, values) => answerCall(scope, operation, values), log: () => undefined },
    signal,
  );
  signal?.throwIfAborted();
  if ('text' in result) return readMany(result.text, programs.length, itemIndexes.length);
  const { breach } = result;
  const failure: ExpressionFailure =
    breach.kind === 'internal' ? { code: 'EXPRESSION_FAILED', reason: breach.reason } : BREACHES[breach.kind];
  return sameForAll(failure, programs.length, itemIndexes.length);
}
