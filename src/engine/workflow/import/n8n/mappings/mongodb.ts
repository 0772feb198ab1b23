import type { NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression } from '../parameter-source.ts';

const OPERATIONS: Readonly<Record<string, string>> = {
  find: 'find',
  aggregate: 'aggregate',
  delete: 'delete',
  insert: 'insert',
  update: 'update',
  findOneAndUpdate: 'find-and-update',
  findOneAndReplace: 'replace',
};

export const mongodb: NodeMapping = {
  from: ['mongoDb'],
  map(source) {
    const { parameters } = source;
    const resource = parameters.text('resource', 'document');
    const written = parameters.text('operation', 'find');
    const operation = resource === 'document' ? OPERATIONS[written] : undefined;
    if (!operation) {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: 'mongoDb', operation: written });
      return null;
    }
    return {
      type: 'mongodb',
      parameters: {
        operation,
        collection: parameters.text('collection'),
        ...settingsOf(source, operation),
      },
      credentials: { mongodb: 'mongoDb' },
    };
  },
};

function settingsOf(source: SourceNode, operation: string): Record<string, unknown> {
  const { parameters } = source;
  const options = parameters.child('options');
  if (operation === 'aggregate') return { pipeline: jsonOf(source, 'query', parameters.text('query', '[]')) };
  if (operation === 'delete')
    return { filter: jsonOf(source, 'query', parameters.text('query', '{}')), many: true };
  if (operation === 'find')
    return {
      filter: jsonOf(source, 'query', parameters.text('query', '{}')),
      sort: jsonOf(source, 'options.sort', options.text('sort', '{}')),
      projection: jsonOf(source, 'options.projection', options.text('projection', '{}')),
      skip: options.number('skip', 0),
      limit: options.number('limit', 0),
    };
  const dates = options.names('dateFields');
  const fields = Object.fromEntries(
    parameters
      .names('fields')
      .map((name) => [name, dates.includes(name) ? { $date: field(name) } : field(name)]),
  );
  if (operation === 'insert') return { document: JSON.stringify(fields) };
  const key = parameters.text('updateKey', 'id');
  const filter = JSON.stringify({ [key]: key === '_id' ? { $oid: field(key) } : field(key) });
  const upsert = parameters.flag('upsert');
  // The key of a document cannot be set anew.
  if (key === '_id') delete fields['_id'];
  if (operation === 'replace') return { filter, upsert, document: JSON.stringify(fields) };
  return { filter, upsert, update: JSON.stringify({ $set: fields }) };
}

const field = (name: string) => `={{ $json[${JSON.stringify(name)}] ?? null }}`;

/**
 * n8n puts expressions into the text of JSON, where a value can become an operator; here they stand for whole texts of
 * it. What is no JSON without its expressions stays an expression, to be looked at.
 */
function jsonOf(source: SourceNode, parameter: string, text: string): string {
  if (!isExpression(text)) return text;
  try {
    return JSON.stringify(withExpressions(JSON.parse(text.slice(1))));
  } catch {
    source.note('approximated', 'PARAMETER_UNSUPPORTED', { parameter, value: text });
    return text;
  }
}

function withExpressions(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('{{') ? `=${value}` : value;
  if (Array.isArray(value)) return value.map(withExpressions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withExpressions(entry)]));
}
