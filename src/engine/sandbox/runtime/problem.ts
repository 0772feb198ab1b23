/** Failures that reach the user as they are, whatever kind of error a mistake of the same sort would be in JavaScript. */
export type ProblemCode = 'EXPRESSION_FAILED' | 'EXPRESSION_REFERENCE' | 'CODE_OUTPUT_INVALID';

const problems = new WeakMap<object, { code: ProblemCode; itemIndex?: number }>();

/** An error with a code. User code can throw errors that look alike but not ones that {@link problemOf} knows. */
export function problem(code: ProblemCode, reason: string, itemIndex?: number): Error {
  const error = new Error(reason);
  problems.set(error, { code, ...(itemIndex !== undefined && { itemIndex }) });
  return error;
}

export function problemOf(error: unknown): { code: ProblemCode; itemIndex?: number } | undefined {
  return typeof error === 'object' && error !== null ? problems.get(error) : undefined;
}

/** The message of anything that was thrown; reading it may run user code, which may throw again. */
export function reasonOf(error: unknown): string {
  try {
    if (typeof error === 'object' && error !== null) {
      const { name, message } = error as { name?: unknown; message?: unknown };
      if (typeof message === 'string') {
        return typeof name === 'string' && name !== 'Error' && !problemOf(error)
          ? `${name}: ${message}`
          : message;
      }
    }
    return typeof error === 'symbol' ? 'a symbol was thrown' : `${error as string}`;
  } catch {
    return 'an error that cannot be read was thrown';
  }
}
