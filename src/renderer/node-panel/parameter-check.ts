import type { ParameterDescription } from '../../contract/index.ts';
import { isExpression } from './expression-text.ts';

/** A fault of a fixed value as a message key below `editor.parameter` with its facts; null when it is fine. */
export function parameterFault(
  description: ParameterDescription,
  value: unknown,
): { key: string; facts?: Record<string, unknown> } | null {
  if (isExpression(value) && description.expression !== false) {
    return description.required && value.slice(1).trim() === '' ? { key: 'required' } : null;
  }
  if (isEmpty(value)) return description.required ? { key: 'required' } : null;
  if (description.kind === 'number') return numberFault(description, value);
  if (description.kind === 'json' && typeof value === 'string') {
    try {
      JSON.parse(value);
    } catch (error) {
      return {
        key: 'jsonInvalid',
        facts: { reason: error instanceof Error ? error.message : String(error) },
      };
    }
  }
  return null;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function numberFault(
  { min, max, integer }: Extract<ParameterDescription, { kind: 'number' }>,
  value: unknown,
): { key: string; facts?: Record<string, unknown> } | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return { key: 'notNumber' };
  if (integer && !Number.isInteger(value)) return { key: 'notInteger' };
  if (min !== undefined && value < min) return { key: 'tooSmall', facts: { min } };
  if (max !== undefined && value > max) return { key: 'tooLarge', facts: { max } };
  return null;
}
