import { EngineError } from '../kernel/index.ts';

/** More findings than this help nobody. */
const MOST_REASONS = 5;

export interface FileIssue {
  /** Dotted; empty for the file as a whole. */
  path: string;
  reason: string;
}

/** WORKFLOW_FILE_INVALID with facts `reason` (a sentence), `issues` and `file` where one is given. */
export function invalidFile(
  issues: readonly FileIssue[],
  file: string | undefined,
  cause?: unknown,
): EngineError {
  const shown = issues
    .slice(0, MOST_REASONS)
    .map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`));
  const more = issues.length > MOST_REASONS ? [`… (${issues.length})`] : [];
  const reasons = [...shown, ...more].join('; ');
  return new EngineError(
    'WORKFLOW_FILE_INVALID',
    {
      reason: file === undefined ? reasons : `${file}: ${reasons}`,
      issues,
      ...(file !== undefined && { file }),
    },
    { cause },
  );
}
