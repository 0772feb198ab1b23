import { z } from 'zod';
import { NodeError } from '../kernel/index.ts';

export const OUTPUT_LIMIT_MB = 64;

/** How the inside of the wall tells what went wrong with code. */
export const CodeFailure = z.object({
  code: z.enum([
    'CODE_FAILED',
    'CODE_SYNTAX',
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
export type CodeFailure = z.infer<typeof CodeFailure>;

export function failureError(failure: unknown, memoryMb: number): NodeError {
  const { code, reason, line, itemIndex } = CodeFailure.parse(failure);
  const at = line === undefined ? '' : ` (line ${line})`;
  const item = itemIndex === undefined ? {} : { itemIndex };
  if (code === 'CODE_OUTPUT_INVALID') return new NodeError(code, { reason, ...item });
  if (code === 'SANDBOX_OUTPUT_TOO_LARGE') return new NodeError(code, { limitMb: OUTPUT_LIMIT_MB });
  if (code === 'SANDBOX_MEMORY') return new NodeError(code, { limitMb: memoryMb });
  if (code === 'CODE_SYNTAX') return new NodeError(code, { at, reason });
  return new NodeError('CODE_FAILED', { at, reason, ...(line !== undefined && { line }) });
}
