import { z } from 'zod';
import { BinaryReference, type Item } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import { describeBinary } from './binary-view.ts';
import { answerCall } from './host-calls.ts';
import type { Breach } from './protocol.ts';
import type { Sandbox } from './sandbox.ts';
import type { ExpressionScope } from './scope.ts';
import { wrapCode } from './code-source.ts';

export interface CodeRunRequest {
  language: 'javascript';
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
   * CODE_OUTPUT_INVALID, SANDBOX_TIMEOUT, SANDBOX_MEMORY, SANDBOX_OUTPUT_TOO_LARGE; and the signal's reason when it
   * is aborted.
   */
  run(request: CodeRunRequest, scope: ExpressionScope, options: CodeRunOptions): Promise<Item[]>;
}

const OUTPUT_LIMIT_MB = 64;
const MAX_SOURCES = 500;

const Failure = z.object({
  code: z.enum([
    'CODE_FAILED',
    'CODE_OUTPUT_INVALID',
    'SANDBOX_OUTPUT_TOO_LARGE',
    'SANDBOX_MEMORY',
    'EXPRESSION_FAILED',
    'EXPRESSION_REFERENCE',
  ]),
  reason: z.string(),
  line: z.number().int().positive().optional(),
  itemIndex: z.number().int().optional(),
});
/** What the sandbox gives in place of an item that failed while the others went on. */
interface FailedItem {
  failure: unknown;
  itemIndex: number;
}

export function createCodeRunner({ sandbox }: { sandbox: Sandbox }): CodeRunner {
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
    async run(
      { code, mode, timeoutMs, memoryMb },
      scope,
      { signal, log, onItemError, storeFile, staticData },
    ) {
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

function failureError(failure: unknown, memoryMb: number): NodeError {
  const { code, reason, line, itemIndex } = Failure.parse(failure);
  const at = line === undefined ? '' : ` (line ${line})`;
  const item = itemIndex === undefined ? {} : { itemIndex };
  if (code === 'CODE_OUTPUT_INVALID') return new NodeError(code, { reason, ...item });
  if (code === 'SANDBOX_OUTPUT_TOO_LARGE') return new NodeError(code, { limitMb: OUTPUT_LIMIT_MB });
  if (code === 'SANDBOX_MEMORY') return new NodeError(code, { limitMb: memoryMb });
  return new NodeError('CODE_FAILED', { at, reason, ...(line !== undefined && { line }) });
}

/** A file that the code made: its content lies in the item until it is stored. */
const MadeFile = z.looseObject({
  data: z.base64(),
  mimeType: z.string().catch('application/octet-stream'),
  fileName: z.string().optional().catch(undefined),
  fileExtension: z.string().optional().catch(undefined),
});

/** The sandbox checked the form of the items; files are checked, and new ones stored, here. */
async function keepFiles(
  items: Item[],
  scope: ExpressionScope,
  store: CodeRunOptions['storeFile'],
): Promise<Item[]> {
  if (!items.some((item) => item.binary)) return items;
  const known = knownBlobs(scope);
  return Promise.all(
    items.map(async (item, itemIndex) => {
      if (!item.binary) return item;
      const files = Object.entries(item.binary as Record<string, unknown>).map(async ([field, value]) => {
        const passedOn = BinaryReference.safeParse(value);
        if (passedOn.success && known.has(passedOn.data.blobId)) return [field, passedOn.data] as const;
        const made = MadeFile.safeParse(value);
        if (!made.success || passedOn.success) {
          const reason = `the file "${field}" of entry ${itemIndex} is neither a file of an input item nor a new one with base64 text under "data".`;
          throw new NodeError('CODE_OUTPUT_INVALID', { reason, itemIndex });
        }
        const { data, mimeType, fileName, fileExtension } = made.data;
        const name = fileName ?? (fileExtension ? `${field}.${fileExtension}` : undefined);
        const about = name === undefined ? { mimeType } : { mimeType, fileName: name };
        return [field, await store(Buffer.from(data, 'base64'), about)] as const;
      });
      return { ...item, binary: Object.fromEntries(await Promise.all(files)) };
    }),
  );
}

/** Blob ids the code was given: one that it made up could be somebody else's file. */
function knownBlobs(scope: ExpressionScope): Set<string> {
  return new Set(scope.items.flatMap((item) => Object.values(item.binary ?? {}).map(({ blobId }) => blobId)));
}
