import { z } from 'zod';
import type { ExpressionFailure, ExpressionResult } from './types.ts';

const Failure = z.object({
  code: z
    .enum([
      'EXPRESSION_FAILED',
      'EXPRESSION_REFERENCE',
      'SANDBOX_TIMEOUT',
      'SANDBOX_MEMORY',
      'SANDBOX_OUTPUT_TOO_LARGE',
    ])
    .catch('EXPRESSION_FAILED'),
  reason: z.string(),
  limitMb: z.number().optional(),
});

const SPECIAL_NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

/** Reads the answer for one item, see `encodeOne` in the runtime. */
export function readOne(answer: unknown): ExpressionResult {
  if (typeof answer !== 'string') return { value: answer };
  const rest = answer.slice(1);
  if (answer.startsWith('s')) return { value: rest };
  const value: unknown = JSON.parse(rest);
  return answer.startsWith('j') ? { value } : { error: Failure.parse(value) };
}

/** Reads the answer for many, see `BatchEncoder` in the runtime. */
export function readMany(text: string, expressions: number, items: number): ExpressionResult[][] {
  const { v, s, e } = JSON.parse(text) as {
    v?: unknown[][];
    s?: Array<[number, number, string, unknown]>;
    e?: unknown;
  };
  if (e || !v || !s) return sameForAll(Failure.parse(e), expressions, items);
  const results: ExpressionResult[][] = v.map((values) => values.map((value) => ({ value })));
  for (const [expression, item, kind, failure] of s) {
    const result: ExpressionResult =
      kind === 'error'
        ? { error: Failure.parse(failure) }
        : { value: kind === 'undefined' ? undefined : SPECIAL_NUMBERS[kind] };
    (results[expression] as ExpressionResult[])[item] = result;
  }
  return results;
}

export function sameForAll(
  error: ExpressionFailure,
  expressions: number,
  items: number,
): ExpressionResult[][] {
  return Array.from({ length: expressions }, () => Array.from({ length: items }, () => ({ error })));
}
