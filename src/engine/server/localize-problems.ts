import { describeError, isErrorCode, type Locale, type WorkflowProblem } from '../../contract/index.ts';

/** The findings in the reader's language; validation itself knows no reader. */
export function localizeProblems(problems: readonly WorkflowProblem[], locale: Locale): WorkflowProblem[] {
  return problems.map((problem) =>
    problem.details && isErrorCode(problem.code)
      ? { ...problem, message: describeError(problem.code, problem.details, locale) }
      : problem,
  );
}
