import { DateTime } from 'luxon';
import type { Condition, ConditionSet, ConditionType } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';

/** Whether a value passes. Throws NodeError PARAMETER_INVALID, naming the condition, where a strict type does not fit. */
export function meetsConditions(set: ConditionSet): boolean {
  const { combinator, conditions, caseSensitive = true, loose = false } = set;
  const check = (condition: Condition, index: number) => meets(condition, { caseSensitive, loose, index });
  return combinator === 'or' ? conditions.some(check) : conditions.every(check);
}

interface Rules {
  caseSensitive: boolean;
  loose: boolean;
  index: number;
}

function meets(condition: Condition, rules: Rules): boolean {
  const { operation } = condition;
  switch (operation) {
    case 'exists':
      return !isMissing(condition.left);
    case 'not-exists':
      return isMissing(condition.left);
    case 'empty':
      return isEmpty(condition.left);
    case 'not-empty':
      return !isEmpty(condition.left);
  }
  const left = convert(condition.left, condition.type, rules, 'left');
  if (operation === 'is-true') return left === true;
  if (operation === 'is-false') return left === false;
  const rightType = operation.startsWith('length-') ? 'number' : condition.type;
  const right =
    condition.type === 'array' && rightType === 'array'
      ? condition.right
      : convert(condition.right, rightType, rules, 'right');
  if (isMissing(left) || (isMissing(right) && condition.type !== 'array')) {
    const isSame = isMissing(left) && isMissing(right);
    return operation.startsWith('not-') ? !isSame : operation === 'equals' && isSame;
  }
  return compare(condition.type, operation, left, right, rules);
}

function compare(
  type: ConditionType,
  operation: string,
  left: unknown,
  right: unknown,
  rules: Rules,
): boolean {
  if (operation.startsWith('not-')) return !compare(type, operation.slice(4), left, right, rules);
  if (type === 'array') return compareList(operation, left as unknown[], right, rules);
  if (type === 'string') return compareText(operation, left as string, right as string, rules);
  if (type === 'boolean') return left === right;
  return order(operation, Number(left), Number(right));
}

function order(operation: string, left: number, right: number): boolean {
  switch (operation) {
    case 'equals':
      return left === right;
    case 'greater':
    case 'after':
      return left > right;
    case 'less':
    case 'before':
      return left < right;
    case 'greater-or-equal':
    case 'after-or-equal':
      return left >= right;
    case 'less-or-equal':
    case 'before-or-equal':
      return left <= right;
    default:
      throw new NodeError('PARAMETER_INVALID', {
        field: 'conditions',
        reason: `there is no operation "${operation}"`,
      });
  }
}

function compareText(operation: string, left: string, right: string, rules: Rules): boolean {
  if (operation === 'matches') return patternOf(right, rules).test(left);
  const [a, b] = rules.caseSensitive ? [left, right] : [left.toLowerCase(), right.toLowerCase()];
  switch (operation) {
    case 'equals':
      return a === b;
    case 'contains':
      return a.includes(b);
    case 'starts-with':
      return a.startsWith(b);
    case 'ends-with':
      return a.endsWith(b);
    default:
      throw new NodeError('PARAMETER_INVALID', {
        field: 'conditions',
        reason: `there is no operation "${operation}"`,
      });
  }
}

/** `/text/flags` or the text alone. */
function patternOf(text: string, rules: Rules): RegExp {
  const [, source = text, flags = rules.caseSensitive ? '' : 'i'] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  } catch (error) {
    throw unfit(rules, 'right', `"${text}" is not a regular expression`, error);
  }
}

function compareList(operation: string, left: unknown[], right: unknown, rules: Rules): boolean {
  if (!operation.startsWith('length-')) return left.some((entry) => isSame(entry, right, rules));
  const wanted = operation.slice('length-'.length);
  if (wanted === 'not-equals') return left.length !== right;
  return order(wanted, left.length, Number(right));
}

function isSame(a: unknown, b: unknown, { caseSensitive }: Rules): boolean {
  if (typeof a === 'string' && typeof b === 'string' && !caseSensitive)
    return a.toLowerCase() === b.toLowerCase();
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || Number.isNaN(value);
}

function isEmpty(value: unknown): boolean {
  if (isMissing(value) || value === '') return true;
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}

function convert(value: unknown, type: ConditionType, rules: Rules, side: 'left' | 'right'): unknown {
  if (isMissing(value)) return value;
  const converted = convertible(value, type, rules.loose || side === 'right');
  if (converted !== undefined) return converted;
  throw unfit(rules, side, `${JSON.stringify(value)} is not a ${type}`);
}

/** The value in that type, undefined when it does not fit. What a user typed beside the operation is text at first. */
function convertible(value: unknown, type: ConditionType, mayConvert: boolean): unknown {
  if (type === 'date-time') return toTime(value);
  if (type === 'array')
    return Array.isArray(value) ? value : mayConvert ? parsed(value, Array.isArray) : undefined;
  if (type === 'object') return typeof value === 'object' ? value : undefined;
  if (typeof value === type) return value;
  if (!mayConvert) return undefined;
  if (type === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (type === 'number') return toNumber(value);
  if (value === 'true' || value === 1 || value === '1') return true;
  return value === 'false' || value === 0 || value === '0' ? false : undefined;
}

function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function toTime(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  const time = DateTime.fromISO(String(value), { zone: 'utc' });
  const ms = time.isValid ? time.toMillis() : Date.parse(String(value));
  return Number.isNaN(ms) ? undefined : ms;
}

function parsed(value: unknown, fits: (value: unknown) => boolean): unknown {
  try {
    const result: unknown = JSON.parse(String(value));
    return fits(result) ? result : undefined;
  } catch {
    return undefined;
  }
}

function unfit({ index }: Rules, side: string, reason: string, cause?: unknown): NodeError {
  return new NodeError(
    'PARAMETER_INVALID',
    { parameter: `conditions.conditions.${index}.${side}`, field: `conditions[${index}].${side}`, reason },
    { cause },
  );
}
