import { isFields, type Fields, type Walker } from './places.ts';

/** Schemas that refer to each other would be followed for ever. */
const DEEPEST = 20;

/** A schema with its reference followed, its parts (`allOf`) joined, and the choice between something and null settled. */
export function flatten(schema: unknown, walker: Walker, depth = 0): Fields {
  const { value } = walker.follow({ value: schema, pointer: '' });
  if (!isFields(value) || depth > DEEPEST) return {};
  const parts = Array.isArray(value['allOf']) ? (value['allOf'] as unknown[]) : [];
  const joined = [...parts.map((part) => flatten(part, walker, depth + 1)), value].reduce<Fields>(join, {});
  const choices = choicesOf(joined);
  if (choices.length !== 1) return joined;
  const { anyOf: _any, oneOf: _one, ...own } = joined;
  return join(flatten(choices[0], walker, depth + 1), own);
}

/** What may be chosen between besides null. */
function choicesOf(schema: Fields): unknown[] {
  const all = [schema['oneOf'], schema['anyOf']].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return all.filter((choice) => !isFields(choice) || choice['type'] !== 'null');
}

function join(before: Fields, { allOf: _parts, ...next }: Fields): Fields {
  const properties = { ...fieldsOf(before['properties']), ...fieldsOf(next['properties']) };
  const required = [...namesOf(before['required']), ...namesOf(next['required'])];
  return {
    ...before,
    ...next,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

/** The one type besides null; undefined where there are none or several. */
export function typeOf(schema: Fields): string | undefined {
  const given = schema['type'];
  const types = (Array.isArray(given) ? (given as unknown[]) : [given]).filter((type) => type !== 'null');
  if (types.length === 1 && typeof types[0] === 'string') return types[0];
  return types[0] === undefined && isFields(schema['properties']) ? 'object' : undefined;
}

/** The values that are allowed; empty where any are. */
export function optionsOf(schema: Fields): Array<string | number> {
  const given = schema['const'] !== undefined ? [schema['const']] : schema['enum'];
  const all = Array.isArray(given) ? (given as unknown[]).filter((value) => value !== null) : [];
  const isPlain = (value: unknown): value is string | number =>
    // A text with this sign in front is an expression to forms and nodes.
    typeof value === 'number' || (typeof value === 'string' && !value.startsWith('='));
  return all.every(isPlain) ? [...new Set(all as Array<string | number>)] : [];
}

/** A value of the document that forms may begin with. Texts that would be read as expressions are made to stand for themselves. */
export function literal(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('=')) return `={{ ${JSON.stringify(value)} }}`;
  if (Array.isArray(value)) return value.map(literal);
  if (!isFields(value)) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, literal(child)]));
}
