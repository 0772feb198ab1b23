import { NodeError, replacePattern } from '../../../node-kit/index.ts';

export interface PatternRule {
  pattern: string;
  replacement: string;
  ignoreCase: boolean;
  /** Levels below the first whose names change as well; -1 for all. */
  depth: number;
}

/** The object with every name that the pattern fits replaced. */
export function renameByPattern(json: Record<string, unknown>, rule: PatternRule): Record<string, unknown> {
  return rename(json, rule, rule.depth) as Record<string, unknown>;
}

function rename(value: unknown, rule: PatternRule, depth: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => rename(entry, rule, depth));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      newName(name, rule),
      depth === 0 ? entry : rename(entry, rule, depth - 1),
    ]),
  );
}

function newName(name: string, { pattern, replacement, ignoreCase }: PatternRule): string {
  try {
    return replacePattern(name, pattern, { replacement, ignoreCase });
  } catch (error) {
    const reason = (error as Error).message;
    throw new NodeError('PARAMETER_INVALID', { parameter: 'patterns', field: 'pattern', reason });
  }
}
