import type { Item } from '../../../contract/index.ts';
import { NodeError } from '../../kernel/index.ts';
import type { TaskRunner } from '../../tasks/index.ts';
import { checkedOutput } from '../checked-output.ts';
import { failureError, OUTPUT_LIMIT_MB } from '../code-failure.ts';
import type { CodeRunOptions, CodeRunRequest } from '../code-runner.ts';
import { keepFiles } from '../made-files.ts';
import { normalizeAll, normalizeEach, type OutputItem } from '../runtime/code-output.ts';
import type { ExpressionScope } from '../scope.ts';
import type { Rust } from './create-rust.ts';
import type { SnippetAnswer } from './snippet-instance.ts';
import type { SnippetRun } from './wasm-host.ts';

/**
 * Runs Rust as {@link CodeRunner} runs JavaScript, after compiling it; throws RUST_MISSING, RUST_SANDBOX_MISSING and
 * RUST_INVALID as well. Snippets see the `json` of items and nothing else.
 */
export async function runRust(
  { compiler, machines }: Rust,
  { code, mode, timeoutMs, memoryMb }: CodeRunRequest,
  scope: ExpressionScope,
  { signal, log, onItemError, storeFile }: CodeRunOptions,
): Promise<Item[]> {
  const wasm = await compiler.compile({ code, memoryMb }, signal);
  const jsons = scope.items.map(({ json }) => json);
  const inputs = mode === 'all-items' ? [JSON.stringify(jsons)] : jsons.map((json) => JSON.stringify(json));
  const run: SnippetRun = { wasm, inputs, keepsGoing: onItemError !== undefined };
  const answers = await answersOf(machines, run, { timeoutMs, memoryMb, signal });
  for (const { console: lines } of answers) for (const line of lines) log('info', line);
  const made = answers.flatMap((answer, index) => itemsOf(answer, index));
  return keepFiles(made as Item[], scope, storeFile);

  function itemsOf(answer: SnippetAnswer, index: number): Array<OutputItem | Item> {
    const isEach = mode === 'each-item';
    try {
      if ('failure' in answer) throw errorOf(answer.failure, isEach ? index : undefined);
      const { output } = answer;
      if (output.length > OUTPUT_LIMIT_MB * 1024 ** 2)
        throw new NodeError('SANDBOX_OUTPUT_TOO_LARGE', { limitMb: OUTPUT_LIMIT_MB });
      const value: unknown = JSON.parse(output);
      if (!isEach) return checkedOutput(() => normalizeAll(value, scope.items));
      const item = checkedOutput(() => normalizeEach(value, index));
      return item ? [item] : [];
    } catch (error) {
      if (!isEach || !onItemError) throw error;
      const item = onItemError(error as NodeError, index);
      return item ? [item] : [];
    }
  }

  function errorOf(
    { code: kind, ...failure }: { reason: string; line?: number; code?: 'memory' },
    itemIndex?: number,
  ) {
    return failureError(
      {
        ...failure,
        code: kind === 'memory' ? 'SANDBOX_MEMORY' : 'CODE_FAILED',
        ...(itemIndex !== undefined && { itemIndex }),
      },
      memoryMb,
    );
  }
}

async function answersOf(
  machines: TaskRunner,
  run: SnippetRun,
  { timeoutMs, memoryMb, signal }: { timeoutMs: number; memoryMb: number; signal: AbortSignal },
): Promise<SnippetAnswer[]> {
  // A snippet cannot be interrupted but with its process.
  const late = AbortSignal.timeout(timeoutMs);
  try {
    return (await machines.run('run', run, AbortSignal.any([signal, late]))) as SnippetAnswer[];
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.aborted) throw new NodeError('SANDBOX_TIMEOUT', { limitMs: timeoutMs });
    if (error instanceof NodeError && error.code === 'TASK_MEMORY')
      throw new NodeError('SANDBOX_MEMORY', { limitMb: memoryMb });
    throw error;
  }
}
