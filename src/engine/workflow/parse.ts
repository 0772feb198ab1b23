import type { z } from 'zod';
import { WorkflowDocument } from '../../contract/index.ts';
import type { EngineError } from '../kernel/index.ts';
import { invalidFile, type FileIssue } from './invalid-file.ts';
import { upgradeDocument } from './upgrade.ts';

/**
 * Checks and completes a document of this or an older schema version. Throws WORKFLOW_TOO_NEW, and
 * WORKFLOW_FILE_INVALID with facts `reason`, `issues` (each `path` and `reason`) and `file` where one is given.
 */
export function parseWorkflow(value: unknown, file?: string): WorkflowDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidFile([{ path: '', reason: 'it must be an object with "name" and "nodes"' }], file);
  }
  const result = WorkflowDocument.safeParse(upgradeDocument(value as Record<string, unknown>));
  if (result.success) return result.data;
  throw invalidWorkflow(result.error, file);
}

/** WORKFLOW_FILE_INVALID with what the schema found wrong. */
export function invalidWorkflow({ issues }: z.ZodError, file?: string): EngineError {
  return invalidFile(issues.map(toIssue), file);
}

function toIssue({ path, message }: z.core.$ZodIssue): FileIssue {
  const dotted = path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
  return { path: dotted, reason: message };
}
