import { OPENAPI_METHODS, type OpenApiList, type OpenApiSummary } from '../../../../contract/index.ts';
import { openApiError } from './openapi-error.ts';
import { childOf, createWalker, isFields, type Fields, type Place, type Walker } from './places.ts';
import { readSource, type Source } from './source.ts';

/** A document of a version that can be read. */
export interface OpenApiDocument {
  source: Source;
  root: Place<Fields>;
  walker: Walker;
}

/** Throws OPENAPI_SYNTAX, OPENAPI_VERSION, OPENAPI_STRUCTURE, OPENAPI_TOO_LARGE. */
export async function openDocument(text: string): Promise<OpenApiDocument> {
  const source = await readSource(text);
  const walker = createWalker(source);
  const value = source.value;
  const version = isFields(value) ? (value['openapi'] ?? value['swagger']) : undefined;
  // YAML reads an unquoted 2.0 or 3.1 as a number.
  const isKnown = isFields(value) && (value['openapi'] ? /^3(\.|$)/ : /^2(\.0)?$/).test(textOf(version));
  if (!isKnown) throw openApiError('OPENAPI_VERSION', { found: textOf(version) || '–' });
  return { source, walker, root: { value, pointer: '' } };
}

/** All operations of a document in its own order. Throws as {@link openDocument}, and OPENAPI_REFERENCE. */
export async function listOperations(text: string): Promise<OpenApiList> {
  const document = await openDocument(text);
  const { root, walker } = document;
  const info = childOf(root, 'info').value;
  const operations: OpenApiSummary[] = [];
  const paths = pathsOf(document);
  for (const path of Object.keys(paths.value)) {
    // Extensions stand beside the paths.
    if (!path.startsWith('/')) continue;
    const item = walker.fields(childOf(paths, path));
    for (const method of OPENAPI_METHODS) {
      const place = childOf(item, method.toLowerCase());
      if (place.value !== undefined) operations.push(summaryOf(walker.fields(place), { method, path }));
    }
  }
  return {
    title: isFields(info) ? textOf(info['title']) : '',
    version: isFields(info) ? textOf(info['version']) : '',
    operations,
  };

  function summaryOf(operation: Place<Fields>, id: Pick<OpenApiSummary, 'method' | 'path'>): OpenApiSummary {
    const { value } = operation;
    return {
      ...id,
      summary: textOf(value['summary']) || textOf(value['operationId']),
      tags: walker.list(childOf(operation, 'tags')).map((tag) => walker.text(tag)),
      deprecated: value['deprecated'] === true,
    };
  }
}

/** The paths of a document; a document of webhooks alone has none. */
export function pathsOf({ root, walker }: OpenApiDocument): Place<Fields> {
  const place = childOf(root, 'paths');
  const mayLack = /^3\.[1-9]/.test(textOf(root.value['openapi']));
  return walker.fields(place.value === undefined && mayLack ? { ...place, value: {} } : place);
}

/** A text, a number as YAML reads `version: 1.0`, and nothing otherwise. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
