import type { Item } from '../../contract/index.ts';

/** What expressions and code of one node run can see. Looked up lazily: most expressions touch little of it. */
export interface ExpressionScope {
  /** Isolate contexts are shared only within one owner: one version of one workflow. */
  readonly owner: string;
  /** Items of the node's first input. */
  readonly items: readonly Item[];
  readonly nodeName: string;
  readonly runIndex: number;
  /** The node that gave the first input, null for a start node. */
  readonly previousNode: { name: string; outputIndex: number; runIndex: number } | null;
  readonly workflow: { id: string | null; name: string; active: boolean };
  readonly execution: { id: string; mode: 'test' | 'production'; resumeUrl: string | null };
  readonly vars: Readonly<Record<string, unknown>>;
  /** The allowed part of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** IANA name. */
  readonly timezone: string;
  /** UTC milliseconds. */
  readonly now: number;
  /** The node's parameters as written. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Another node of the workflow by name; undefined when there is none of that name. */
  node(name: string): NodeScope | undefined;
  /** The item of node `name` that input item `itemIndex` descends from. */
  pairedItem(name: string, itemIndex: number): { item: Item } | { broken: string };
}

export interface NodeScope {
  readonly name: string;
  /** Runs so far in this execution. */
  readonly runCount: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Items of one output of one run; the last run when not said. Undefined when there was no such run. */
  items(runIndex?: number, outputIndex?: number): readonly Item[] | undefined;
}

/** The answer of one expression for one item. `reason` is a sentence without node or parameter name. */
export type ExpressionResult =
  | { value: unknown }
  | { error: { code: 'EXPRESSION_FAILED' | 'EXPRESSION_REFERENCE' | 'SANDBOX_TIMEOUT' | 'SANDBOX_MEMORY' | 'SANDBOX_OUTPUT_TOO_LARGE'; reason: string; position?: number } };

/** A text with `{{ }}`, ready to evaluate. Made once per distinct text. */
export interface CompiledExpression {
  /** Without the leading `=`. */
  readonly source: string;
}

export interface ExpressionEngine {
  /** Throws EngineError EXPRESSION_SYNTAX with facts `reason` and `position` (offset in the text after the `=`). */
  compile(text: string): CompiledExpression;
  /**
   * Gives `results[e][i]` for expression e and item `itemIndexes[i]`. Answers synchronously where it can: only a
   * workflow that has hit the time cap before gets a promise.
   */
  evaluate(
    expressions: readonly CompiledExpression[],
    scope: ExpressionScope,
    itemIndexes: readonly number[],
    signal?: AbortSignal,
  ): ExpressionResult[][] | Promise<ExpressionResult[][]>;
}

/** Runs the code of Code nodes. */
export interface CodeRunner {
  /**
   * Gives the items that the code returned, in the form of items (plain objects are wrapped as `json`, lineage is
   * kept where the code kept it or where it can be told). Throws NodeError: CODE_SYNTAX, CODE_FAILED,
   * CODE_OUTPUT_INVALID, SANDBOX_TIMEOUT, SANDBOX_MEMORY, SANDBOX_OUTPUT_TOO_LARGE.
   */
  run(
    request: { language: 'javascript'; code: string; mode: 'all-items' | 'each-item'; timeoutMs: number; memoryMb: number },
    scope: ExpressionScope,
    options: { signal: AbortSignal; log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void },
  ): Promise<Item[]>;
}
