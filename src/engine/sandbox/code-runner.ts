import type { BinaryReference, Item } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import { describeBinary } from './binary-view.ts';
import { answerCall } from './host-calls.ts';
import type { Breach } from './protocol.ts';
import type { Sandbox } from './sandbox.ts';
import type { ExpressionScope } from './scope.ts';
import { failureError } from './code-failure.ts';
import { wrapCode } from './code-source.ts';
import { keepFiles } from './made-files.ts';
import { runPython } from './python/python-runner.ts';
import type { Rust } from './rust/create-rust.ts';
import { runRust } from './rust/rust-runner.ts';
import type { TaskRunner } from '../tasks/index.ts';

export interface CodeRunRequest {
  language: 'javascript' | 'python' | 'rust';
  code: string;
  mode: 'all-items' | 'each-item';
  timeoutMs: number;
  memoryMb: number;
}

/** What a workflow (`global`) and one node of it keep from one execution to the next. */
export interface StaticData {
  global: unknown;
  node: unknown;
}

export interface CodeRunOptions {
  signal: AbortSignal;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
  /** Stores a file that the code made. */
  storeFile(content: Buffer, about: { mimeType: string; fileName?: string }): Promise<BinaryReference>;
  /** What the workflow keeps, for code that asks for it. */
  staticData?: { read(): Promise<StaticData>; write(changed: StaticData): void };
  /** Mode `each-item`: lets the others go on when one fails, and gives what takes its place, if anything. */
  onItemError?(error: NodeError, itemIndex: number): Item | undefined;
}

/** Runs the code of Code nodes. */
export interface CodeRunner {
  /**
   * Gives the items that the code returned, in the form of items (plain objects are wrapped as `json`, lineage is
   * kept where the code kept it or where it can be told). Throws NodeError: CODE_SYNTAX, CODE_FAILED,
   * CODE_OUTPUT_INVALID, SANDBOX_TIMEOUT, SANDBOX_MEMORY, SANDBOX_OUTPUT_TOO_LARGE, PYTHON_MISSING, RUST_MISSING,
   * RUST_SANDBOX_MISSING, RUST_INVALID; and the signal's reason when it is aborted.
   */
  run(request: CodeRunRequest, scope: ExpressionScope, options: CodeRunOptions): Promise<Item[]>;
}

const MAX_SOURCES = 500;

/** What the sandbox gives in place of an item that failed while the others went on. */
interface FailedItem {
  failure: unknown;
  itemIndex: number;
}

/** `python` runs `python-host.ts`. Nothing is started or compiled before the first code of a language. */
export function createCodeRunner({
  sandbox,
  python,
  rust,
}: {
  sandbox: Sandbox;
  python: TaskRunner;
  rust: Rust;
}): CodeRunner {
  const sources = new Map<string, string>();

  function sourceOf(code: string): string {
    let source = sources.get(code);
    if (source === undefined) {
      source = wrapOrThrow(code);
      if (sources.size >= MAX_SOURCES) sources.delete(sources.keys().next().value as string);
      sources.set(code, source);
    }
    return source;
  }

  return {
    async run(request, scope, options) {
      if (request.language === 'python') return runPython(python, request, scope, options);
      if (request.language === 'rust') return runRust(rust, request, scope, options);
      const { code, mode, timeoutMs, memoryMb } = request;
      const { signal, log, onItemError, storeFile, staticData } = options;
      signal.throwIfAborted();
      const source = sourceOf(code);
      const asksForStatic = staticData && /\bgetWorkflowStaticData\b/.test(code.replaceAll('$', ' '));
      const staticText = asksForStatic ? JSON.stringify(await staticData.read()) : null;
      const result = await sandbox.run(
        {
          owner: `code:${scope.owner}`,
          memoryMb,
          timeoutMs,
          timezone: scope.timezone,
          now: scope.now,
          job: {
            kind: 'code',
            source,
            mode,
            itemsText: itemsText(scope.items),
            keepsGoing: onItemError !== undefined,
            staticText,
          },
        },
        {
          ask: (operation, values) => answerCall(scope, operation, values),
          log: (level, text) => log(level as 'info', text),
        },
        signal,
      );
      signal.throwIfAborted();
      if ('breach' in result) throw breachError(result.breach, { timeoutMs, memoryMb });
      if (result.text.startsWith('e')) throw failureError(JSON.parse(result.text.slice(1)), memoryMb);
      const output = readOutput(result.text, staticText === null ? undefined : staticData?.write);
      const items = output.flatMap((entry) => {
        if (!('failure' in entry)) return [entry];
        const item = onItemError?.(failureError(entry.failure, memoryMb), entry.itemIndex);
        return item ? [item] : [];
      });
      return keepFiles(items, scope, storeFile);
    },
  };
}

function readOutput(
  text: string,
  keep: ((changed: StaticData) => void) | undefined,
): Array<Item | FailedItem> {
  const value: unknown = JSON.parse(text.slice(1));
  if (!text.startsWith('s')) return value as Array<Item | FailedItem>;
  const { output, staticData } = value as { output: Array<Item | FailedItem>; staticData: StaticData };
  keep?.(staticData);
  return output;
}

/** The items without their lineage, which tells where they came from and not where the code's items do. */
function itemsText(items: readonly Item[]): string {
  return JSON.stringify(
    items.map(({ json, binary }) => (binary ? { json, binary: describeBinary(binary) } : { json })),
  );
}

function wrapOrThrow(code: string): string {
  try {
    return wrapCode(code);
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    const reason = message.replace(/ \(\d+:\d+\)$/, '');
    throw new NodeError(
      'CODE_SYNTAX',
      { at: loc ? ` (line ${Math.max(1, loc.line - 1)})` : '', reason },
      { cause: error },
    );
  }
}

function breachError(breach: Breach, limits: { timeoutMs: number; memoryMb: number }): NodeError {
  switch (breach.kind) {
    case 'timeout':
      return new NodeError('SANDBOX_TIMEOUT', { limitMs: limits.timeoutMs });
    case 'memory':
      return new NodeError('SANDBOX_MEMORY', { limitMb: limits.memoryMb });
    case 'internal':
      return new NodeError('CODE_FAILED', { at: '', reason: breach.reason });
  }
}
