import { describeError, isErrorCode, type ExecutionError, type Locale } from '../../contract/index.ts';

/** The sentence of a failure in the user's language; the engine's own words where it sent no facts. */
export function executionErrorText(error: ExecutionError, locale: Locale): string {
  if (!error.details || !isErrorCode(error.code)) return error.message;
  const facts = {
    node: error.nodeName,
    itemIndex: error.itemIndex,
    parameter: error.parameter,
    position: error.position,
    ...error.details,
  };
  return describeError(error.code, facts, locale);
}
