import { matchesConditions } from '../../src/engine/node-kit/index.ts';
import { toConditionSet } from '../../src/engine/workflow/import/n8n/mappings/n8n-conditions.ts';
import type { FilterCase } from './cases.ts';
import { sameFailure } from './compare.ts';
import { show } from './result.ts';

/** Null when the filter decides as expected, otherwise what it decided. */
export function checkFilter(one: FilterCase): string | null {
  let decided: unknown;
  try {
    decided = matchesConditions(toConditionSet(decoded(one.filter)), one.timezone);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (one.error && sameFailure(message, one.error)) return null;
    decided = `the error "${message}"`;
  }
  if (!one.error && decided === one.expected) return null;
  return `${show(one.filter)}: expected ${show(one.error ?? one.expected)}, got ${show(decided)}`;
}

/** The corpus writes what JSON cannot say as `{"$date": …}` and its kind. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  const special = value as Record<string, unknown>;
  if ('$undefined' in special) return undefined;
  if ('$number' in special) return Number(special['$number']);
  if ('$date' in special) return new Date(String(special['$date']));
  if ('$dateTime' in special) return new Date(String(special['$dateTime']));
  return Object.fromEntries(Object.entries(special).map(([key, entry]) => [key, decoded(entry)]));
}
