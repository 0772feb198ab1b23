import type { ParameterDescription, ParameterTexts } from '../../../../contract/index.ts';
import { textOf } from './operations.ts';
import type { Fields, Walker } from './places.ts';
import { fieldsOf, flatten, literal, namesOf, optionsOf, typeOf } from './schema.ts';

export interface FormField {
  field: ParameterDescription;
  texts: ParameterTexts;
}

export interface FormFields {
  fields: ParameterDescription[];
  texts: Record<string, ParameterTexts>;
}

/** Objects within objects get fields of their own down to here, and are written as JSON below. */
const DEEPEST_FORM = 3;
/** Beyond, a description is an article. */
const LONGEST_HINT = 300;

interface About {
  name: string;
  schema: unknown;
  required: boolean;
  description?: unknown;
  example?: unknown;
}

/** The fields for the properties of an object schema, those that must be given first. */
export function propertyFields(schema: Fields, walker: Walker, depth = 0): FormFields {
  const required = new Set(namesOf(schema['required']));
  const all = Object.entries(fieldsOf(schema['properties']))
    .map(([name, property]) => ({ name, schema: flatten(property, walker), required: required.has(name) }))
    .filter((about) => about.schema['readOnly'] !== true)
    .sort((a, b) => Number(b.required) - Number(a.required))
    .map((about) => formField(about, walker, depth));
  return {
    fields: all.map(({ field }) => field),
    texts: Object.fromEntries(all.map(({ field, texts }) => [field.name, texts])),
  };
}

/** The field that a value of a schema is typed into. */
export function formField(about: About, walker: Walker, depth = 0): FormField {
  const schema = flatten(about.schema, walker);
  const options = optionsOf(schema);
  const { shape, fields } = shapeOf(schema, { options, walker, depth, isRequired: about.required });
  const fallback = literal(
    schema['default'] ?? (options.length === 1 && about.required ? options[0] : undefined),
  );
  const example = literal(about.example ?? schema['example'] ?? firstOf(schema['examples']));
  const begin =
    fallback ??
    (shape.kind === 'json' && about.required ? example : undefined) ??
    (about.required ? ownDefault(shape) : undefined);
  const value = shape.kind === 'list' ? asRows(shape, begin) : begin;
  const hint = hintOf(about.description ?? schema['description'], schema, options.length > 0);
  const placeholder = exampleText(example) || textOf(schema['format']);
  const field: ParameterDescription = {
    name: about.name,
    ...shape,
    ...(about.required && { required: true }),
    ...(value !== undefined && { default: value }),
  };
  const texts = {
    label: about.name,
    ...(hint && { description: hint }),
    ...(placeholder && { placeholder }),
    ...(options.length > 0 && { options: { '': '—' } }),
    ...(fields && { fields }),
  };
  return { field, texts };
}

type Kinds = ParameterDescription extends infer Each
  ? Each extends { name: string }
    ? Omit<Each, 'name'>
    : never
  : never;

function shapeOf(
  schema: Fields,
  about: { options: Array<string | number>; walker: Walker; depth: number; isRequired: boolean },
): { shape: Kinds; fields?: Record<string, ParameterTexts> } {
  const { options, walker, depth, isRequired } = about;
  if (options.length > 0)
    // The empty choice leaves an optional value out.
    return { shape: { kind: 'select', options: isRequired ? options : ['', ...options] } };
  switch (typeOf(schema)) {
    case 'string':
      return { shape: { kind: 'string', multiline: Number(schema['maxLength']) > 200 } };
    case 'boolean':
      return { shape: { kind: 'boolean' } };
    case 'integer':
    case 'number':
      return { shape: numberShape(schema, typeOf(schema) === 'integer') };
    case 'array':
      return listShape(schema, walker, depth);
    case 'object': {
      const inner = depth < DEEPEST_FORM ? propertyFields(schema, walker, depth + 1) : null;
      if (!inner || inner.fields.length === 0) return { shape: { kind: 'json' } };
      return { shape: { kind: 'collection', fields: inner.fields }, fields: inner.texts };
    }
    default:
      return { shape: { kind: 'json' } };
  }
}

function numberShape(schema: Fields, integer: boolean): Kinds {
  const bound = (name: string, exclusive: string, step: number) => {
    const [value, beyond] = [schema[name], schema[exclusive]];
    if (typeof value === 'number') return value;
    return typeof beyond === 'number' && integer ? beyond + step : undefined;
  };
  const min = bound('minimum', 'exclusiveMinimum', 1);
  const max = bound('maximum', 'exclusiveMaximum', -1);
  return {
    kind: 'number',
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(integer && { integer }),
  };
}

/** Plain values are rows of one field without a name. */
function listShape(schema: Fields, walker: Walker, depth: number) {
  const items = flatten(schema['items'], walker);
  const options = optionsOf(items);
  if (options.length > 0 && options.every((option) => typeof option === 'string'))
    return { shape: { kind: 'multi-select' as const, options: options.map(String) } };
  const isObject = typeOf(items) === 'object';
  if (depth >= DEEPEST_FORM) return { shape: { kind: 'json' as const } };
  if (isObject) {
    const { fields, texts } = propertyFields(items, walker, depth + 1);
    if (fields.length > 0) return { shape: { kind: 'list' as const, fields }, fields: texts };
  }
  const type = typeOf(items);
  if (type === undefined || type === 'object' || type === 'array')
    return { shape: { kind: 'json' as const } };
  const { field, texts } = formField({ name: '', schema: items, required: false }, walker, depth + 1);
  return { shape: { kind: 'list' as const, fields: [field] }, fields: { '': { ...texts, label: type } } };
}

/** Plain values as rows of their one field. */
function asRows({ fields }: { fields: ParameterDescription[] }, value: unknown): unknown {
  return fields[0]?.name === '' && Array.isArray(value)
    ? value.map((each: unknown) => ({ '': each }))
    : value;
}

/** An object begins with what it must have, and a switch is off until it is turned on. */
function ownDefault(shape: Kinds): unknown {
  if (shape.kind === 'boolean') return false;
  if (shape.kind !== 'collection') return undefined;
  const needed = shape.fields.filter(({ required }) => required);
  if (needed.length === 0) return undefined;
  return Object.fromEntries(needed.map(({ name, default: value }) => [name, value ?? '']));
}

function hintOf(description: unknown, schema: Fields, hasOptions: boolean): string {
  const text = textOf(description).trim();
  const given = Array.isArray(schema['enum']) && !hasOptions ? (schema['enum'] as unknown[]) : [];
  const hint = [text, given.map((value) => JSON.stringify(value)).join(', ')].filter(Boolean).join(' — ');
  return hint.length > LONGEST_HINT ? `${Array.from(hint).slice(0, LONGEST_HINT).join('')}…` : hint;
}

function firstOf(examples: unknown): unknown {
  return Array.isArray(examples) ? (examples[0] as unknown) : undefined;
}

function exampleText(example: unknown): string {
  return typeof example === 'boolean' ? '' : textOf(example);
}
