import { describeError, isErrorCode } from '../../contract/index.ts';
import { isEngineError, messageOf } from '../../engine/kernel/index.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface Failure {
  code: string;
  message: string;
}

/** Code and sentence of anything thrown, in the user's language; never a stack. */
export function toFailure(error: unknown, output: Output): Failure {
  if (isEngineError(error))
    return { code: error.code, message: describeError(error.code, error.facts, output.locale) };
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  // Failures that came over the API are in the user's language already.
  if (isErrorCode(code)) return { code, message: messageOf(error) };
  return { code: 'INTERNAL', message: messageOf(error) };
}

export function describeFailure(error: unknown, output: Output): string {
  if (error instanceof UsageError) return error.message;
  const { code, message } = toFailure(error, output);
  return `${code}: ${message}`;
}
