import {
  OPENAPI_METHODS,
  OPENAPI_PLACES,
  type OpenApiOperation,
  type OpenApiParameter,
  type OpenApiStyle,
  type OpenApiSummary,
} from '../../../../contract/index.ts';
import { checkReferences } from './check-references.ts';
import { formField } from './form-field.ts';
import { openApiError } from './openapi-error.ts';
import { openDocument, pathsOf, textOf, type OpenApiDocument } from './operations.ts';
import { childOf, createWalker, isFields, type Fields, type Walker } from './places.ts';
import { bodyOf } from './request-body.ts';
import { fieldsOf, flatten, typeOf } from './schema.ts';
import { securityOf } from './security.ts';
import { serversOf } from './servers.ts';

type Wanted = Pick<OpenApiSummary, 'method' | 'path'> & {
  /** Where the document came from. */
  url?: string | undefined;
};

/** What calling an operation takes. Throws as `openDocument`, OPENAPI_OPERATION_MISSING and OPENAPI_REFERENCE. */
export async function readOperation(text: string, wanted: Wanted): Promise<OpenApiOperation> {
  const document = await openDocument(text);
  const { method, path } = wanted;
  const { root, item, operation, walker } = await modernized(document, wanted, check(document, wanted));
  const { parameters } = operation;
  return {
    method,
    path,
    summary: textOf(operation['summary']),
    description: textOf(operation['description']),
    servers: serversOf([operation, item, root], wanted.url),
    parameters: (Array.isArray(parameters) ? parameters.filter(isFields) : [])
      .map((parameter) => parameterOf(parameter, walker))
      .filter((parameter) => parameter !== null),
    body: bodyOf(operation['requestBody'], walker),
    security: securityOf(operation['security'] ?? root['security'], root, walker),
  };
}

interface Written {
  item: Fields;
  operation: Fields;
}

/** The operation as it was written, where places still have their lines, with the parameters of its path among its own. */
function check(document: OpenApiDocument, { method, path }: Wanted): Written {
  const { walker } = document;
  const entry = childOf(pathsOf(document), path);
  const item = entry.value === undefined ? null : walker.fields(entry);
  const place = item && childOf(item, method.toLowerCase());
  if (!item || place?.value === undefined) throw openApiError('OPENAPI_OPERATION_MISSING', { method, path });
  const operation = walker.fields(place);
  checkReferences(operation, walker);
  const parameters = new Map<string, Fields>();
  // Those of the operation go before those of its path.
  for (const list of [childOf(item, 'parameters'), childOf(operation, 'parameters')]) {
    for (const each of walker.list(list)) {
      checkReferences(each, walker);
      const parameter = walker.fields(each);
      const [name, where] = ['name', 'in'].map((key) => walker.text(childOf(parameter, key)));
      parameters.set(`${where} ${name}`, parameter.value);
    }
  }
  return { item: item.value, operation: { ...operation.value, parameters: [...parameters.values()] } };
}

/** The same in OpenAPI 3.1, whatever it was written in. */
async function modernized({ root }: OpenApiDocument, { method, path }: Wanted, written: Written) {
  const { upgrade } = await import('@scalar/openapi-upgrader');
  const key = method.toLowerCase();
  const { parameters: _merged, ...around } = written.item;
  const others = OPENAPI_METHODS.map((other) => other.toLowerCase()).filter((other) => other !== key);
  const item: Fields = { ...around, [key]: written.operation };
  // Of all the operations, the one that is asked for: the others would be upgraded in vain.
  for (const other of others) delete item[other];
  const value: Fields = upgrade({ ...root.value, paths: { [path]: item } }, '3.1');
  const upgraded = fieldsOf(fieldsOf(value['paths'])[path]);
  return {
    root: value,
    item: upgraded,
    operation: fieldsOf(upgraded[key]),
    walker: createWalker({ value, lineOf: () => 1 }),
  };
}

/** The body and the credential have their own places for these. */
const NOT_OURS = /^(accept|content-type|authorization)$/i;

function parameterOf(parameter: Fields, walker: Walker): OpenApiParameter | null {
  const name = textOf(parameter['name']);
  const place = OPENAPI_PLACES.find((known) => known === parameter['in']);
  if (!place || (place === 'header' && NOT_OURS.test(name))) return null;
  const [media] = Object.values(fieldsOf(parameter['content']));
  const given = parameter['schema'] ?? (isFields(media) ? media['schema'] : undefined);
  const schema = flatten(given, walker);
  // Without a type it is a text, as all of an address is in the end.
  const typed = typeOf(schema) === undefined && !media ? { ...schema, type: 'string' } : schema;
  const { field, texts } = formField(
    {
      name,
      schema: typed,
      required: place === 'path' || parameter['required'] === true,
      description: parameter['description'],
      example: parameter['example'],
    },
    walker,
  );
  return { place, field, texts, style: media ? 'json' : styleOf(parameter, place, typeOf(typed)) };
}

function styleOf(
  parameter: Fields,
  place: OpenApiParameter['place'],
  type: string | undefined,
): OpenApiStyle {
  if (type !== 'array' && type !== 'object') return 'plain';
  const style = textOf(parameter['style']) || (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  if (style === 'deepObject') return 'deep';
  if (style === 'spaceDelimited') return 'space';
  if (style === 'pipeDelimited') return 'pipe';
  const explode = parameter['explode'] === undefined ? style === 'form' : parameter['explode'] === true;
  if (style !== 'form' || !explode) return 'comma';
  return type === 'array' ? 'repeat' : 'spread';
}
