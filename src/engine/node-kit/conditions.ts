import {
  UNARY_OPERATIONS,
  type Condition,
  type ConditionSet,
  type ConditionType,
} from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import { operationOf, rightTypeOf } from './condition-operations.ts';
import { toMillis } from './date-values.ts';

/**
 * Whether the conditions hold; a set without any holds. Values must have the types the conditions name, unless the
 * set is `loose`; missing values fit every type. Throws NodeError CONDITION_INVALID, whose `condition` counts from 1.
 * Texts without an offset are times of `timezone`.
 */
export function matchesConditions(set: ConditionSet, timezone = 'UTC'): boolean {
  const { conditions, combinator } = set;
  if (conditions.length === 0) return true;
  const wanted = combinator === 'or';
  let found = !wanted;
  // Every condition is looked at, so that a wrong type shows at once and not only when the others let it through.
  for (let index = 0; index < conditions.length; index++) {
    if (holds(conditions[index] as Condition, index, set, timezone) === wanted) found = wanted;
  }
  return found;
}

function holds(condition: Condition, index: number, set: ConditionSet, timezone: string): boolean {
  const { type, operation, left, right } = condition;
  const test = operationOf(type, operation);
  if (!test) throw invalid(index, `${type} has no operation "${operation}"`);
  const convert = (value: unknown, target: ConditionType | 'any') => {
    const converted = target === 'any' ? value : toType(value, target, set.loose, timezone);
    if (converted === MISFIT)
      throw invalid(index, `${show(value)} is ${nameOf(value)}, not ${TYPE_NAMES[target as ConditionType]}`);
    return set.caseSensitive || isPattern(operation) ? converted : lowered(converted);
  };
  const leftValue = convert(left, type);
  const rightValue = UNARY_OPERATIONS.includes(operation)
    ? undefined
    : convert(right, rightTypeOf(type, operation));
  try {
    return test(leftValue, rightValue);
  } catch (error) {
    throw invalid(index, (error as Error).message);
  }
}

/** A pattern says itself, by its flag i, whether case matters. */
const isPattern = (operation: string): boolean => operation === 'matches' || operation === 'not-matches';

function lowered(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  return Array.isArray(value)
    ? value.map((entry: unknown) => (typeof entry === 'string' ? entry.toLowerCase() : entry))
    : value;
}

const MISFIT = Symbol('misfit');
const TYPE_NAMES: Record<ConditionType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  'date-time': 'a date',
  array: 'a list',
  object: 'an object',
};

function toType(value: unknown, type: ConditionType, loose: boolean, timezone: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (type === 'date-time') {
    if (loose && value === '') return undefined;
    return toMillis(value, timezone) ?? MISFIT;
  }
  if (fits(value, type)) return value;
  return loose ? loosely(value, type) : MISFIT;
}

function fits(value: unknown, type: Exclude<ConditionType, 'date-time'>): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}

function loosely(value: unknown, type: Exclude<ConditionType, 'date-time'>): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return toNumber(value);
    case 'boolean':
      return toBoolean(value);
    case 'array':
    case 'object': {
      const parsed = typeof value === 'string' ? fromJson(value) : MISFIT;
      return parsed !== null && parsed !== MISFIT && fits(parsed, type) ? parsed : MISFIT;
    }
  }
}

function toNumber(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return MISFIT;
  if (value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? MISFIT : number;
}

/** As JavaScript has it, only that texts which spell false or zero are false. */
function toBoolean(value: unknown): boolean {
  return typeof value === 'string'
    ? !['', 'false', '0'].includes(value.trim().toLowerCase())
    : Boolean(value);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return MISFIT;
  }
}

function invalid(index: number, reason: string): NodeError {
  return new NodeError('CONDITION_INVALID', { condition: index + 1, reason });
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return TYPE_NAMES.array;
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? TYPE_NAMES[type] : TYPE_NAMES.object;
}

function show(value: unknown): string {
  const shown = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
