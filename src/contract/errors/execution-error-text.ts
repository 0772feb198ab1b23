import type { ExecutionError } from '../schemas/execution.ts';
import { isErrorCode } from './codes.ts';
import { describeError, type Locale } from './texts.ts';

/** The sentence of a failure in the user's language; the engine's own words where it sent no facts. */
export function executionErrorText(error: Partial<ExecutionError>, locale: Locale): string {
  if (!error.details || error.code === undefined || !isErrorCode(error.code)) return error.message ?? '';
  const facts = {
    node: error.nodeName,
    itemIndex: error.itemIndex,
    parameter: error.parameter,
    position: error.position,
    ...error.details,
  };
  return describeError(error.code, facts, locale);
}
