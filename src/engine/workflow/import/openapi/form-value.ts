import { withDefaults, type ParameterDescription } from '../../../../contract/index.ts';
import { messageOf } from '../../../kernel/index.ts';
import { openApiError } from './openapi-error.ts';
import { isFields, type Fields } from './places.ts';

/** What was filled into fields, by name, without those that were left empty. Throws OPENAPI_VALUE_MISSING and _INVALID. */
export function readFields(
  fields: readonly ParameterDescription[],
  given: Fields,
  path: readonly string[] = [],
): Fields {
  const filled = withDefaults(fields, given);
  const read: Fields = {};
  for (const field of fields) {
    const value = readValue(field, filled[field.name], [...path, field.name]);
    if (value !== undefined) read[field.name] = value;
    else if (field.required)
      throw openApiError('OPENAPI_VALUE_MISSING', { field: [...path, field.name].join('.') });
  }
  return read;
}

function readValue(field: ParameterDescription, value: unknown, path: readonly string[]): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (isExpression(value)) return value === '=' ? undefined : value;
  switch (field.kind) {
    case 'json':
      return typeof value === 'string' ? readJson(value, path) : value;
    case 'collection': {
      const isUntouched = isFields(value) && Object.keys(value).length === 0 && !field.required;
      if (!isFields(value) || isUntouched) return undefined;
      // Each of its fields is there because somebody added it.
      const added = field.fields.filter(({ name, required }) => required || Object.hasOwn(value, name));
      const read = readFields(added, value, path);
      return Object.keys(read).length > 0 || field.required ? read : undefined;
    }
    case 'list':
      return Array.isArray(value)
        ? readRows(field.fields, value, { path, isRequired: field.required })
        : undefined;
    case 'multi-select':
      return Array.isArray(value) && value.length === 0 && !field.required ? undefined : value;
    default:
      return value;
  }
}

function readRows(
  fields: readonly ParameterDescription[],
  rows: readonly unknown[],
  { path, isRequired }: { path: readonly string[]; isRequired: boolean | undefined },
): unknown[] | undefined {
  const isPlain = fields.length === 1 && fields[0]?.name === '';
  const read = rows.flatMap((row, index) => {
    // A value that stands alone, as defaults in documents do.
    const given = isFields(row) ? row : { '': row };
    const values = readFields(fields, given, [...path, String(index)]);
    if (!isPlain) return [values];
    return values[''] === undefined ? [] : [values['']];
  });
  return read.length > 0 || isRequired ? read : undefined;
}

function readJson(text: string, path: readonly string[]): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw openApiError('OPENAPI_VALUE_INVALID', { field: path.join('.'), reason: messageOf(error) });
  }
}

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}
