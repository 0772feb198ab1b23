import type { Assignment, Condition, ConditionSet, ParameterDescription } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import { readerFor, Unfit } from './parameter-values.ts';
import { describeParameters, type ParameterMap, type ParametersOf } from './parameters.ts';

type Values = Readonly<Record<string, unknown>>;

interface FieldPlan {
  name: string;
  required: boolean;
  fallback: unknown;
  visible: ReadonlyArray<readonly [name: string, allowed: readonly unknown[]]> | null;
  /** `prefix` comes before the field's name in the dotted path of what does not fit. */
  read(value: unknown, prefix: string): unknown;
}

const plans = new WeakMap<object, readonly FieldPlan[]>();

/**
 * The parameters of a node in the types it declared: defaults filled in, text from expressions converted ("5" to 5,
 * JSON text to its value), ranges and options checked. Hidden parameters have their defaults, whatever is stored.
 * Throws NodeError PARAMETER_REQUIRED or PARAMETER_INVALID, whose `parameter` is the dotted path of the value.
 */
export function parseParameters<P extends ParameterMap>(parameters: P, values: Values): ParametersOf<P> {
  let plan = plans.get(parameters);
  if (!plan) {
    plan = planFields(describeParameters(parameters));
    plans.set(parameters, plan);
  }
  return readFields(plan, values, '') as ParametersOf<P>;
}

/** Fields with a display condition come last: what they depend on must be read before. */
function planFields(descriptions: readonly ParameterDescription[]): readonly FieldPlan[] {
  const fields = descriptions.map(planField);
  return [...fields.filter((field) => !field.visible), ...fields.filter((field) => field.visible)];
}

function planField(description: ParameterDescription): FieldPlan {
  const { name, required = false, visibleWhen } = description;
  return {
    name,
    required,
    fallback: freezeDeep(structuredClone(description.default)),
    visible: visibleWhen ? Object.entries(visibleWhen) : null,
    read: readerOf(description),
  };
}

function readerOf(description: ParameterDescription): FieldPlan['read'] {
  const { name } = description;
  switch (description.kind) {
    case 'list': {
      const fields = planFields(description.fields);
      const { min = 0, max = Infinity } = description;
      return (value, prefix) => {
        const rows = listOf(value);
        if (rows.length < min) throw new Unfit(`at least ${min} rows are needed, there are ${rows.length}`);
        if (rows.length > max) throw new Unfit(`at most ${max} rows are allowed, there are ${rows.length}`);
        return Object.freeze(
          rows.map((row, index) => readFields(fields, recordOf(row), `${prefix}${name}.${index}.`)),
        );
      };
    }
    case 'collection': {
      const fields = planFields(description.fields);
      return (value, prefix) => {
        const record = recordOf(value);
        const present = fields.filter((field) => record[field.name] !== undefined);
        return readFields(present, record, `${prefix}${name}.`);
      };
    }
    case 'assignments':
      return (value) => Object.freeze(listOf(value).map(readAssignment));
    case 'conditions':
      return (value) => readConditions(recordOf(value));
    default:
      return readerFor(description);
  }
}

function readFields(fields: readonly FieldPlan[], values: Values, prefix: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const field of fields) {
    result[field.name] = isShown(field, result) ? readField(field, values, prefix) : field.fallback;
  }
  return Object.freeze(result);
}

function isShown({ visible }: FieldPlan, siblings: Values): boolean {
  if (!visible) return true;
  for (const [name, allowed] of visible) if (!allowed.includes(siblings[name])) return false;
  return true;
}

function readField(field: FieldPlan, values: Values, prefix: string): unknown {
  const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
  const fail = (code: 'PARAMETER_REQUIRED' | 'PARAMETER_INVALID', reason?: string) => {
    const path = prefix + field.name;
    return new NodeError(code, { parameter: path, field: path, ...(reason !== undefined && { reason }) });
  };
  let result: unknown;
  try {
    result = value === undefined ? field.fallback : (field.read(value, prefix) ?? field.fallback);
  } catch (error) {
    throw error instanceof Unfit ? fail('PARAMETER_INVALID', error.message) : error;
  }
  if (field.required && isEmpty(result)) throw fail('PARAMETER_REQUIRED');
  return result;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && 'conditions' in value && isEmpty(value.conditions);
}

const ASSIGNMENT_TYPES: readonly unknown[] = ['string', 'number', 'boolean', 'array', 'object', 'any'];

function readAssignment(row: unknown): Assignment {
  const { name, type = 'any', value } = recordOf(row);
  if (typeof name !== 'string') throw new Unfit('every assignment needs a name');
  if (!ASSIGNMENT_TYPES.includes(type)) throw new Unfit(`${String(type)} is no type of a field`);
  return Object.freeze({ name, type: type as Assignment['type'], value });
}

function readConditions(record: Values): ConditionSet {
  const { combinator = 'and', conditions = [], caseSensitive = true, loose = false } = record;
  if (combinator !== 'and' && combinator !== 'or')
    throw new Unfit('the conditions are joined by "and" or "or"');
  return Object.freeze({
    combinator,
    conditions: Object.freeze(listOf(conditions).map(readCondition)) as Condition[],
    caseSensitive: caseSensitive !== false,
    loose: loose === true,
  });
}

function readCondition(row: unknown): Condition {
  const { left, type, operation, right } = recordOf(row);
  if (typeof type !== 'string' || typeof operation !== 'string') {
    throw new Unfit('every condition needs a type and an operation');
  }
  return Object.freeze({ left, type: type as Condition['type'], operation, right });
}

function listOf(value: unknown): readonly unknown[] {
  const list = typeof value === 'string' ? parseJson(value) : value;
  if (!Array.isArray(list)) throw new Unfit('a list is needed');
  return list;
}

function recordOf(value: unknown): Values {
  const record = typeof value === 'string' ? parseJson(value) : value;
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    throw new Unfit('an object is needed');
  return record as Values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unfit(`not valid JSON: ${(error as Error).message}`);
  }
}

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const entry of Object.values(value)) freezeDeep(entry);
    Object.freeze(value);
  }
  return value;
}
