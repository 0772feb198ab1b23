import type { z } from 'zod';
import { WorkflowDocument } from '../../contract/index.ts';
import { EngineError, messageOf } from '../kernel/index.ts';
import { jsonErrorPosition } from './json-error-position.ts';
import { upgradeDocument } from './upgrade.ts';

/** More findings than this help nobody. */
const MOST_REASONS = 5;

/**
 * Checks and completes a document of this or an older schema version. Throws WORKFLOW_TOO_NEW, and
 * WORKFLOW_FILE_INVALID with facts `reason`, `issues` (each `path` and `reason`) and `file` where one is given.
 */
export function parseWorkflow(value: unknown, file?: string): WorkflowDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid([{ path: '', reason: 'it must be an object with "name" and "nodes"' }], file);
  }
  const result = WorkflowDocument.safeParse(upgradeDocument(value as Record<string, unknown>));
  if (result.success) return result.data;
  throw invalidWorkflow(result.error, file);
}

/** WORKFLOW_FILE_INVALID with what the schema found wrong. */
export function invalidWorkflow({ issues }: z.ZodError, file?: string): EngineError {
  return invalid(issues.map(toIssue), file);
}

/** The JSON value in the text of a file. Throws WORKFLOW_FILE_INVALID with line and column, both from 1. */
export function parseJsonText(text: string, file?: string): unknown {
  // Editors on Windows put a byte order mark in front, which JSON does not allow.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw invalid([{ path: '', reason: describeJsonError(json, cause) }], file, cause);
  }
}

interface Issue {
  path: string;
  reason: string;
}

function toIssue({ path, message }: z.core.$ZodIssue): Issue {
  const dotted = path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
  return { path: dotted, reason: message };
}

function invalid(issues: readonly Issue[], file: string | undefined, cause?: unknown): EngineError {
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

function describeJsonError(text: string, cause: unknown): string {
  const message = messageOf(cause).replace(/ (?:in JSON )?at position .*$/s, '');
  const position = jsonErrorPosition(text);
  if (position === null) return message;
  const before = text.slice(0, position).split('\n');
  return `${message} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
