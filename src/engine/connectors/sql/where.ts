import { param } from '../../node-kit/index.ts';
import type { Statement } from './statement.ts';

export const SQL_OPERATORS = [
  ...(['equal', 'not-equal', 'greater', 'greater-or-equal', 'less', 'less-or-equal'] as const),
  ...(['contains', 'starts-with', 'in', 'is-null', 'is-not-null'] as const),
] as const;
export type SqlOperator = (typeof SQL_OPERATORS)[number];

export interface SqlCondition {
  column: string;
  operator: SqlOperator;
  value: unknown;
}

const COMPARISONS: Partial<Record<SqlOperator, string>> = {
  equal: '=',
  'not-equal': '<>',
  greater: '>',
  'greater-or-equal': '>=',
  less: '<',
  'less-or-equal': '<=',
};

/** The rows of a form in which conditions are entered. */
export const conditionFields = {
  column: param.string({ required: true }),
  operator: param.select({ options: SQL_OPERATORS, default: 'equal' }),
  value: param.string({
    visibleWhen: {
      operator: SQL_OPERATORS.filter((operator) => operator !== 'is-null' && operator !== 'is-not-null'),
    },
  }),
};

/** Adds `where …`, and nothing without conditions. */
export function addWhere(
  statement: Statement,
  conditions: readonly SqlCondition[],
  combine: 'and' | 'or',
): Statement {
  if (conditions.length === 0) return statement;
  return statement.add(` where ${conditions.map((one) => spell(statement, one)).join(` ${combine} `)}`);
}

function spell(statement: Statement, { column, operator, value }: SqlCondition): string {
  const name = statement.dialect.quote(column);
  switch (operator) {
    case 'is-null':
      return `${name} is null`;
    case 'is-not-null':
      return `${name} is not null`;
    case 'in': {
      const list = listOf(value);
      // Nothing is in an empty list.
      return list.length === 0
        ? '1 = 0'
        : `${name} in (${list.map((one) => statement.bind(one)).join(', ')})`;
    }
    case 'contains':
      return `${name} like ${statement.bind(`%${literal(value)}%`)}${statement.dialect.likeEscape ?? ''}`;
    case 'starts-with':
      return `${name} like ${statement.bind(`${literal(value)}%`)}${statement.dialect.likeEscape ?? ''}`;
    default:
      // Nothing equals null in SQL, which is not what a form means by it.
      if (value === null) return `${name} is ${operator === 'equal' ? '' : 'not '}null`;
      return `${name} ${COMPARISONS[operator] ?? '='} ${statement.bind(value)}`;
  }
}

/** A list, its JSON, or values with commas between them. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const text = String(value as string).trim();
  if (text === '') return [];
  if (text.startsWith('[')) {
    try {
      return JSON.parse(text) as unknown[];
    } catch {
      // It only looks like JSON.
    }
  }
  return text.split(',').map((one) => one.trim());
}

/** Signs that mean something to LIKE stand for themselves. */
function literal(value: unknown): string {
  return String(value as string | number).replace(/[\\%_[]/g, '\\$&');
}
