import { type CONDITION_OPERATIONS, type ConditionType } from '../../contract/index.ts';
import { testPattern } from './test-pattern.ts';

type Test = (left: unknown, right: unknown) => boolean;

const isMissing = (value: unknown): boolean => value === undefined || value === null || Number.isNaN(value);

const PRESENCE = {
  exists: (left) => !isMissing(left),
  'not-exists': isMissing,
  empty: isMissing,
  'not-empty': (left) => !isMissing(left),
} satisfies Record<string, Test>;

const text =
  (test: (left: string, right: string) => boolean): Test =>
  (left, right) =>
    test((left ?? '') as string, (right ?? '') as string);
const ordered =
  (test: (left: number, right: number) => boolean): Test =>
  (left, right) =>
    !isMissing(left) && !isMissing(right) && test(left as number, right as number);
const sized =
  (test: (length: number, right: number) => boolean): Test =>
  (left, right) =>
    !isMissing(right) && test((left as unknown[] | undefined)?.length ?? 0, right as number);

const same: Test = (left, right) => left === right;
const different: Test = (left, right) => left !== right;
const hasNothing = (left: unknown): boolean => isMissing(left) || Object.keys(left as object).length === 0;

/** Every operation of every condition type, over sides that have that type already or are missing. */
const OPERATIONS: { [T in ConditionType]: Record<(typeof CONDITION_OPERATIONS)[T][number], Test> } = {
  string: {
    ...PRESENCE,
    empty: (left) => isMissing(left) || left === '',
    'not-empty': (left) => !isMissing(left) && left !== '',
    equals: text((left, right) => left === right),
    'not-equals': text((left, right) => left !== right),
    contains: text((left, right) => left.includes(right)),
    'not-contains': text((left, right) => !left.includes(right)),
    'starts-with': text((left, right) => left.startsWith(right)),
    'not-starts-with': text((left, right) => !left.startsWith(right)),
    'ends-with': text((left, right) => left.endsWith(right)),
    'not-ends-with': text((left, right) => !left.endsWith(right)),
    matches: text((left, right) => testPattern(right, left)),
    'not-matches': text((left, right) => !testPattern(right, left)),
  },
  number: {
    ...PRESENCE,
    equals: same,
    'not-equals': different,
    greater: ordered((left, right) => left > right),
    less: ordered((left, right) => left < right),
    'greater-or-equal': ordered((left, right) => left >= right),
    'less-or-equal': ordered((left, right) => left <= right),
  },
  boolean: {
    ...PRESENCE,
    'is-true': (left) => left === true,
    'is-false': (left) => left !== true,
    equals: same,
    'not-equals': different,
  },
  'date-time': {
    ...PRESENCE,
    equals: ordered((left, right) => left === right),
    'not-equals': ordered((left, right) => left !== right),
    after: ordered((left, right) => left > right),
    before: ordered((left, right) => left < right),
    'after-or-equal': ordered((left, right) => left >= right),
    'before-or-equal': ordered((left, right) => left <= right),
  },
  array: {
    ...PRESENCE,
    empty: hasNothing,
    'not-empty': (left) => !hasNothing(left),
    contains: (left, right) => ((left ?? []) as unknown[]).includes(right),
    'not-contains': (left, right) => !((left ?? []) as unknown[]).includes(right),
    'length-equals': sized((length, right) => length === right),
    'length-not-equals': sized((length, right) => length !== right),
    'length-greater': sized((length, right) => length > right),
    'length-less': sized((length, right) => length < right),
    'length-greater-or-equal': sized((length, right) => length >= right),
    'length-less-or-equal': sized((length, right) => length <= right),
  },
  object: { ...PRESENCE, empty: hasNothing, 'not-empty': (left) => !hasNothing(left) },
};

/** The test behind an operation; undefined when the type has no such operation. */
export function operationOf(type: ConditionType, operation: string): Test | undefined {
  const operations = OPERATIONS[type] as Record<string, Test> | undefined;
  return operations && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/** The type the right side must have: lengths are compared with numbers, list entries can be anything. */
export function rightTypeOf(type: ConditionType, operation: string): ConditionType | 'any' {
  if (type !== 'array') return type;
  return operation.startsWith('length-') ? 'number' : 'any';
}
