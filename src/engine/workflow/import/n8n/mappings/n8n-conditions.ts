import { z } from 'zod';
import type { Condition, ConditionSet, ConditionType } from '../../../../../contract/index.ts';
import type { ParameterSource } from '../parameter-source.ts';

const N8nFilter = z.looseObject({
  combinator: z.enum(['and', 'or']).catch('and'),
  options: z
    .looseObject({ caseSensitive: z.unknown(), typeValidation: z.string().catch('strict') })
    .partial()
    .catch({}),
  conditions: z
    .array(
      z.looseObject({
        leftValue: z.unknown().optional(),
        rightValue: z.unknown().optional(),
        operator: z.looseObject({ type: z.string().catch('string'), operation: z.string().catch('equals') }),
      }),
    )
    .catch([]),
});

const TYPES: Readonly<Record<string, ConditionType>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  dateTime: 'date-time',
  array: 'array',
  object: 'object',
};

const OPERATIONS: Readonly<Record<string, string>> = {
  equals: 'equals',
  notEquals: 'not-equals',
  contains: 'contains',
  notContains: 'not-contains',
  startsWith: 'starts-with',
  notStartsWith: 'not-starts-with',
  endsWith: 'ends-with',
  notEndsWith: 'not-ends-with',
  regex: 'matches',
  notRegex: 'not-matches',
  empty: 'empty',
  notEmpty: 'not-empty',
  exists: 'exists',
  notExists: 'not-exists',
  gt: 'greater',
  lt: 'less',
  gte: 'greater-or-equal',
  lte: 'less-or-equal',
  after: 'after',
  before: 'before',
  afterOrEquals: 'after-or-equal',
  beforeOrEquals: 'before-or-equal',
  true: 'is-true',
  false: 'is-false',
  lengthEquals: 'length-equals',
  lengthNotEquals: 'length-not-equals',
  lengthGt: 'length-greater',
  lengthLt: 'length-less',
  lengthGte: 'length-greater-or-equal',
  lengthLte: 'length-less-or-equal',
};

/** The value of an n8n filter parameter as conditions of ours. */
export function toConditionSet(
  filter: unknown,
  more: { loose?: unknown; ignoreCase?: unknown } = {},
): ConditionSet {
  const { combinator, conditions, options } = N8nFilter.catch({
    combinator: 'and',
    conditions: [],
    options: {},
  }).parse(filter);
  return {
    combinator,
    conditions: conditions.map(({ leftValue, rightValue, operator }) => ({
      left: leftValue,
      type: TYPES[operator.type] ?? 'string',
      operation: OPERATIONS[operator.operation] ?? operator.operation,
      ...(rightValue !== undefined && { right: rightValue }),
    })),
    caseSensitive: more.ignoreCase === undefined ? options.caseSensitive !== false : more.ignoreCase !== true,
    loose: more.loose === true || options.typeValidation === 'loose',
  };
}

const FIRST_OPERATIONS: Readonly<Record<string, string>> = {
  equal: 'equals',
  notEqual: 'not-equals',
  smaller: 'less',
  smallerEqual: 'less-or-equal',
  larger: 'greater',
  largerEqual: 'greater-or-equal',
  contains: 'contains',
  notContains: 'not-contains',
  startsWith: 'starts-with',
  notStartsWith: 'not-starts-with',
  endsWith: 'ends-with',
  notEndsWith: 'not-ends-with',
  regex: 'matches',
  notRegex: 'not-matches',
  isEmpty: 'empty',
  isNotEmpty: 'not-empty',
  after: 'after',
  before: 'before',
};

/** Per type of the first IF and Filter nodes: ours, the operation and the values their forms begin with. */
const FIRST_TYPES: ReadonlyArray<[string, ConditionType, string, unknown]> = [
  ['boolean', 'boolean', 'equal', false],
  ['dateTime', 'date-time', 'after', ''],
  ['number', 'number', 'smaller', 0],
  ['string', 'string', 'equal', ''],
];

/** The conditions of n8n's first IF and Filter nodes, which keep them by type. */
export function firstConditions(parameters: ParameterSource, combinator: 'and' | 'or'): ConditionSet {
  const byType = parameters.child('conditions');
  const conditions = FIRST_TYPES.flatMap(([key, type, operation, value]) => {
    const rows = byType.take(key, []) as Array<Record<string, unknown>>;
    return (Array.isArray(rows) ? rows : []).map((row) =>
      firstCondition(
        type,
        String(row['operation'] ?? operation),
        row['value1'] ?? value,
        row['value2'] ?? value,
      ),
    );
  });
  return { combinator, conditions, caseSensitive: true, loose: true };
}

export function firstCondition(
  type: ConditionType,
  operation: string,
  left: unknown,
  right: unknown,
): Condition {
  return { left, type, operation: FIRST_OPERATIONS[operation] ?? operation, right };
}
