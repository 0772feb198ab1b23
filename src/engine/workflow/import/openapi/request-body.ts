import type { OpenApiBody } from '../../../../contract/index.ts';
import { formField, propertyFields } from './form-field.ts';
import { isFields, type Fields, type Walker } from './places.ts';
import { fieldsOf, flatten, typeOf } from './schema.ts';

const KINDS: ReadonlyArray<readonly [OpenApiBody['kind'], RegExp]> = [
  ['json', /^application\/json\b/i],
  ['json', /[/+]json\b/i],
  ['form', /^application\/x-www-form-urlencoded\b/i],
  ['multipart', /^multipart\//i],
  ['text', /^text\/|[/+]xml\b|yaml\b/i],
  ['json', /^\*\/\*$/],
  ['binary', /./],
];

/** The body that a request has, in the first of its forms that the HTTP node is best at; null where it has none. */
export function bodyOf(given: unknown, walker: Walker): OpenApiBody | null {
  const { value: body } = walker.follow({ value: given, pointer: '' });
  if (!isFields(body)) return null;
  const medias = Object.entries(fieldsOf(body['content']));
  for (const [kind, pattern] of KINDS) {
    const [contentType, media] = medias.find(([type]) => pattern.test(type)) ?? [];
    if (contentType === undefined) continue;
    const required = body['required'] === true;
    const about = { kind, contentType: contentType === '*/*' ? 'application/json' : contentType, required };
    return { ...about, ...contentOf(fieldsOf(media), kind, { walker, required, body }) };
  }
  return null;
}

function contentOf(
  media: Fields,
  kind: OpenApiBody['kind'],
  { walker, required, body }: { walker: Walker; required: boolean; body: Fields },
): Pick<OpenApiBody, 'whole' | 'fields' | 'texts' | 'files'> {
  const schema = flatten(media['schema'], walker);
  if (kind === 'binary') return { whole: true, fields: [], texts: {}, files: [] };
  const files = kind === 'multipart' ? filesOf(schema, walker) : [];
  const inner = typeOf(schema) === 'object' && kind !== 'text' ? propertyFields(schema, walker) : null;
  if (inner && inner.fields.length > 0) {
    const fields = inner.fields.filter(({ name }) => !files.includes(name));
    return { whole: false, fields, texts: inner.texts, files };
  }
  const [named] = Object.values(fieldsOf(media['examples'])).filter(isFields);
  const { field, texts } = formField(
    {
      name: 'body',
      schema: kind === 'text' ? { type: 'string', maxLength: Infinity } : schema,
      required,
      description: body['description'],
      example: media['example'] ?? named?.['value'],
    },
    walker,
  );
  return { whole: true, fields: [field], texts: { body: texts }, files };
}

/** Properties of bytes, or of several files of them. */
function filesOf(schema: Fields, walker: Walker): string[] {
  return Object.entries(fieldsOf(schema['properties'])).flatMap(([name, property]) => {
    const own = flatten(property, walker);
    const each = typeOf(own) === 'array' ? flatten(own['items'], walker) : own;
    const isBytes =
      each['format'] === 'binary' ||
      each['contentEncoding'] === 'binary' ||
      (each['contentMediaType'] !== undefined && each['contentEncoding'] === undefined);
    return isBytes ? [name] : [];
  });
}
