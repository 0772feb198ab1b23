import type {
  OpenApiBody,
  OpenApiOperation,
  OpenApiStyle,
  OpenApiValues,
} from '../../../../contract/index.ts';
import { readFields } from './form-value.ts';
import { openApiError } from './openapi-error.ts';
import { isFields, type Fields } from './places.ts';
import { joinTexts, textOfValue, urlText } from './value-text.ts';

type Pair = { name: string; value: string };

/** The parameters of an HTTP Request node. Throws OPENAPI_VALUE_MISSING, OPENAPI_VALUE_INVALID. */
export function buildRequest(
  operation: OpenApiOperation,
  { server, values }: { server: string; values: OpenApiValues },
): Record<string, unknown> {
  if (server.trim() === '') throw openApiError('OPENAPI_VALUE_MISSING', { field: 'URL' });
  const at = (place: 'path' | 'query' | 'header' | 'cookie') => {
    const known = operation.parameters.filter((parameter) => parameter.place === place);
    const read = readFields(
      known.map(({ field }) => field),
      values[place] ?? {},
    );
    return known.flatMap(({ field: { name }, style }) =>
      read[name] === undefined ? [] : pairsOf(name, read[name], style),
    );
  };
  const inPath = new Map(at('path').map(({ name, value }) => [name, value]));
  const query = at('query');
  const headers = at('header');
  const cookies = at('cookie').map(({ name, value }) => joinTexts([name, value], '='));
  if (cookies.length > 0) headers.push({ name: 'Cookie', value: joinTexts(cookies, '; ') });
  const body = operation.body ? bodyOf(operation.body, values.body ?? {}) : null;
  headers.push(...(body?.headers ?? []));
  return {
    method: operation.method,
    url: urlText(`${server.trim().replace(/\/+$/, '')}`, operation.path, inPath),
    ...(operation.security.length > 0 && { authentication: 'credential' }),
    ...(query.length > 0 && { query }),
    ...(headers.length > 0 && { headers }),
    ...body?.parameters,
  };
}

function pairsOf(name: string, value: unknown, style: OpenApiStyle): Pair[] {
  const joined = (separator: string) => [{ name, value: joinTexts(flat(value), separator) }];
  switch (style) {
    case 'repeat':
      return (Array.isArray(value) ? value : [value]).map((each) => ({ name, value: textOfValue(each) }));
    case 'comma':
      return joined(',');
    case 'space':
      return joined(' ');
    case 'pipe':
      return joined('|');
    case 'deep':
    case 'spread':
      if (!isFields(value)) return [{ name, value: textOfValue(value) }];
      return Object.entries(value).map(([key, each]) => ({
        name: style === 'deep' ? `${name}[${key}]` : key,
        value: textOfValue(each),
      }));
    case 'json':
    case 'plain':
      return [{ name, value: textOfValue(value) }];
  }
}

/** The values of a list; names and values of an object in turn. */
function flat(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOfValue);
  return isFields(value)
    ? Object.entries(value).flatMap(([key, each]) => [key, textOfValue(each)])
    : [textOfValue(value)];
}

function bodyOf(body: OpenApiBody, given: Fields): { parameters: Fields; headers: Pair[] } | null {
  const { kind, contentType, whole } = body;
  const type = (wanted: string) =>
    contentType === wanted ? [] : [{ name: 'Content-Type', value: contentType }];
  if (kind === 'binary') return { parameters: { body: 'binary', binaryField: 'data' }, headers: type('') };
  // A body that may be left out and is left empty may also lack what it would need.
  const isLeftOut = !body.required && Object.keys(given).length === 0 && body.files.length === 0;
  if (isLeftOut && body.fields.every((field) => field.default === undefined)) return null;
  const read = readFields(body.fields, given);
  const value = whole ? read['body'] : read;
  if (value === undefined) return null;
  const pairs = () =>
    Object.entries(isFields(value) ? value : {}).flatMap(([name, each]) => pairsOf(name, each, 'repeat'));
  switch (kind) {
    case 'json':
      return { parameters: { body: 'json', json: value }, headers: type('application/json') };
    case 'form':
      return { parameters: { body: 'form', formFields: pairs() }, headers: [] };
    case 'multipart': {
      const files = body.files.map((name) => ({ name, kind: 'binary', binaryField: name }));
      const texts = pairs().map((pair) => ({ ...pair, kind: 'text' }));
      return { parameters: { body: 'multipart', parts: [...texts, ...files] }, headers: [] };
    }
    case 'text':
      return { parameters: { body: 'text', text: textOfValue(value), contentType }, headers: [] };
  }
}
