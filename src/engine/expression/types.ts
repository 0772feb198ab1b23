import type { ExpressionScope } from '../sandbox/index.ts';

/** The answer of one expression for one item. `reason` is a sentence without node or parameter name. */
export type ExpressionResult = { value: unknown } | { error: ExpressionFailure };

export interface ExpressionFailure {
  code:
    | 'EXPRESSION_FAILED'
    | 'EXPRESSION_REFERENCE'
    | 'SANDBOX_TIMEOUT'
    | 'SANDBOX_MEMORY'
    | 'SANDBOX_OUTPUT_TOO_LARGE';
  reason: string;
  position?: number;
  /** With SANDBOX_TIMEOUT. */
  limitMs?: number;
  /** With SANDBOX_MEMORY and SANDBOX_OUTPUT_TOO_LARGE. */
  limitMb?: number;
}

/** A text with `{{ }}`, ready to evaluate. Made once per distinct text. */
export interface CompiledExpression {
  /** Without the leading `=`. */
  readonly source: string;
  /** It asks for nothing but its own item: the answer is the same whatever other items there are, and wherever it stands. */
  readonly seesOnlyItem: boolean;
}

export interface ExpressionEngine {
  /** Throws EngineError EXPRESSION_SYNTAX with facts `reason` and `position` (offset in the text after the `=`). */
  compile(text: string): CompiledExpression;
  /**
   * Gives `results[e][i]` for expression e and item `itemIndexes[i]`. Answers synchronously where it can: a promise
   * comes for expressions that could run long or grow large (loops, functions of their own, `repeat` and its kind),
   * and for a workflow that has hit the time cap before. Rejects with the signal's reason when it is aborted.
   */
  evaluate(
    expressions: readonly CompiledExpression[],
    scope: ExpressionScope,
    itemIndexes: readonly number[],
    signal?: AbortSignal,
  ): ExpressionResult[][] | Promise<ExpressionResult[][]>;
}
