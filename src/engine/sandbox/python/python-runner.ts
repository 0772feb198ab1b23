import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Item } from '../../../contract/index.ts';
import { NodeError } from '../../kernel/index.ts';
import type { TaskRunner } from '../../tasks/index.ts';
import { describeBinary } from '../binary-view.ts';
import { checkedOutput } from '../checked-output.ts';
import { CodeFailure, failureError } from '../code-failure.ts';
import type { CodeRunOptions, CodeRunRequest } from '../code-runner.ts';
import { keepFiles } from '../made-files.ts';
import { normalizeAll, normalizeEach, type OutputItem } from '../runtime/code-output.ts';
import type { ExpressionScope } from '../scope.ts';

/** What the Python process is asked for. */
export interface PythonRun {
  owner: string;
  /** JSON, for the prelude. */
  request: string;
  timeoutMs: number;
  memoryMb: number;
}

export type PythonAnswer = { answer: string } | { breach: 'timeout' | 'memory' | 'crash'; reason?: string };

/** What the first start of Python may take on a slow machine, before the time of the code begins. */
const START_MS = 90_000;
/** Python itself needs half of it. */
const LEAST_MEMORY_MB = 64;

const Answer = z.object({
  console: z.array(z.tuple([z.enum(['info', 'warn']), z.string()])),
  failure: CodeFailure.optional(),
  output: z.union([z.string(), z.array(z.union([z.tuple([z.string()]), CodeFailure]))]).optional(),
});

/** Runs Python as {@link CodeRunner} runs JavaScript; throws PYTHON_MISSING as well, where it is not installed. */
export async function runPython(
  tasks: TaskRunner,
  { code, mode, timeoutMs, memoryMb: asked }: CodeRunRequest,
  scope: ExpressionScope,
  { signal, log, onItemError, storeFile }: CodeRunOptions,
): Promise<Item[]> {
  signal.throwIfAborted();
  const memoryMb = Math.max(asked, LEAST_MEMORY_MB);
  const request = JSON.stringify({
    ...{ code, mode, keepsGoing: onItemError !== undefined },
    ...{ items: scope.items.map(viewOf), nodes: namedNodes(code, scope), names: namesOf(scope) },
    ...{ now: scope.now, offset: DateTime.fromMillis(scope.now, { zone: scope.timezone }).offset },
  });
  const run: PythonRun = {
    owner: `${scope.execution.id}:${scope.nodeId}`,
    request,
    timeoutMs,
    memoryMb,
  };
  const result = await answerOf(tasks, run, signal);
  const { console: lines, failure, output } = Answer.parse(JSON.parse(result));
  for (const [level, text] of lines) log(level, text);
  if (failure) throw failureError(failure, memoryMb);
  const made =
    typeof output === 'string'
      ? checkedOutput(() => normalizeAll(JSON.parse(output) ?? undefined, scope.items))
      : (output ?? []).flatMap((entry, index) => itemOf(entry, index));
  return keepFiles(made as Item[], scope, storeFile);

  function itemOf(entry: [string] | CodeFailure, index: number): Array<OutputItem | Item> {
    const failed = (error: NodeError) => {
      if (!onItemError) throw error;
      const item = onItemError(error, index);
      return item ? [item] : [];
    };
    if (!Array.isArray(entry)) return failed(failureError(entry, memoryMb));
    try {
      const item = checkedOutput(() => normalizeEach(JSON.parse(entry[0]), index));
      return item ? [item] : [];
    } catch (error) {
      return failed(error as NodeError);
    }
  }
}

async function answerOf(tasks: TaskRunner, run: PythonRun, signal: AbortSignal): Promise<string> {
  const { timeoutMs, memoryMb } = run;
  const late = AbortSignal.timeout(START_MS + timeoutMs);
  const result = await (
    tasks.run('run', run, AbortSignal.any([signal, late])) as Promise<PythonAnswer>
  ).catch((error: unknown) => {
    if (late.aborted && !signal.aborted) return { breach: 'timeout' } as const;
    if (error instanceof NodeError && error.code === 'TASK_MEMORY') return { breach: 'memory' } as const;
    throw error;
  });
  if ('answer' in result) return result.answer;
  switch (result.breach) {
    case 'timeout':
      throw new NodeError('SANDBOX_TIMEOUT', { limitMs: timeoutMs });
    case 'memory':
      throw new NodeError('SANDBOX_MEMORY', { limitMb: memoryMb });
    case 'crash':
      throw new NodeError('CODE_FAILED', { at: '', reason: result.reason ?? 'Python ended' });
  }
}

function viewOf({ json, binary }: Item): object {
  return binary ? { json, binary: describeBinary(binary) } : { json };
}

function namesOf({ execution, workflow, vars, env, previousNode }: ExpressionScope): object {
  return { execution, workflow, vars, env, prevNode: previousNode };
}

/** Other nodes' items cannot be asked for from within Python: those that the code names go along. */
function namedNodes(code: string, scope: ExpressionScope): Record<string, object[]> {
  const literals = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)];
  const names = new Set(literals.map(([, double, single]) => double ?? single ?? ''));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const items = name === '' ? undefined : scope.node(name)?.items();
      return items ? [[name, items.map(viewOf)]] : [];
    }),
  );
}
