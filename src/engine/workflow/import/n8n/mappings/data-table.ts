import type { NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression } from '../parameter-source.ts';

const OPERATIONS: Readonly<Record<string, string>> = {
  insert: 'insert',
  get: 'get',
  update: 'update',
  upsert: 'upsert',
  deleteRows: 'delete',
  rowExists: 'exists',
  rowNotExists: 'not-exists',
};
const COMPARISONS = {
  eq: 'equals',
  neq: 'not-equals',
  gt: 'greater',
  gte: 'greater-or-equal',
  lt: 'less',
  lte: 'less-or-equal',
  ilike: 'contains',
  like: 'contains',
  isEmpty: 'empty',
  isNotEmpty: 'not-empty',
  isTrue: 'equals',
  isFalse: 'equals',
} as const;

export const dataTable: NodeMapping = {
  from: ['dataTable'],
  map(source) {
    const { parameters } = source;
    const resource = parameters.text('resource', 'row');
    const operation = parameters.text('operation', 'insert');
    const ours = resource === 'row' ? OPERATIONS[operation] : undefined;
    const options = parameters.child('options');
    if (!ours || options.flag('dryRun') !== false) {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', {
        type: 'dataTable',
        operation: ours ? `${operation} (dryRun)` : `${resource}: ${operation}`,
      });
      return null;
    }
    options.ignore('optimizeBulk');
    return {
      type: 'data-table',
      parameters: {
        operation: ours,
        table: tableOf(source),
        ...(ours !== 'insert' && conditionsOf(source)),
        ...(['insert', 'update', 'upsert'].includes(ours) && valuesOf(source)),
        ...(ours === 'get' && rowsOf(source)),
      },
    };
  },
};

/** Tables are named by their names, which find them wherever they were made again. */
function tableOf(source: SourceNode): string {
  const reference = source.parameters.take('dataTableId', '');
  const isLocator = typeof reference === 'object' && reference !== null;
  const { value, mode, cachedResultName } = (isLocator ? reference : { value: reference }) as {
    value?: unknown;
    mode?: unknown;
    cachedResultName?: unknown;
  };
  const written = typeof value === 'string' ? value : '';
  const name = cachedResultName ?? (mode === 'name' ? written : '');
  if (isExpression(written)) return written;
  source.note('to-do', 'DATA_TABLE_TO_CHOOSE', { table: name === '' ? written : name });
  return typeof name === 'string' ? name : '';
}

function conditionsOf(source: SourceNode) {
  const { parameters } = source;
  const conditions = parameters.rows('filters', 'conditions').map((row) => {
    const written = row.text('condition', 'eq');
    const operation = source.choose('condition', COMPARISONS, 'equals', row);
    const value = row.text('keyValue');
    if (written === 'isTrue' || written === 'isFalse')
      return { column: row.text('keyName', 'id'), operation, value: String(written === 'isTrue') };
    return {
      column: row.text('keyName', 'id'),
      operation,
      value: operation === 'contains' ? withoutWildcards(source, value) : value,
    };
  });
  const combinator = source.choose('matchType', { anyCondition: 'or', allConditions: 'and' }, 'or');
  return { combinator, conditions };
}

/** Of patterns only those that look for a text anywhere have a counterpart, whatever its case. */
function withoutWildcards(source: SourceNode, pattern: string): string {
  const inner = /^%?([^%_]*)%?$/.exec(pattern)?.[1];
  if (isExpression(pattern) || inner === undefined || pattern !== `%${inner}%`)
    source.note('approximated', 'PARAMETER_UNSUPPORTED', { parameter: 'keyValue', value: pattern });
  return isExpression(pattern) ? pattern : pattern.replaceAll('%', '');
}

function valuesOf({ parameters }: SourceNode) {
  const columns = parameters.child('columns');
  const mode = columns.text('mappingMode', 'defineBelow');
  const values = Object.entries(columns.child('value').takeAll());
  columns.takeAll();
  if (mode === 'autoMapInputData') return { source: 'item' };
  return {
    source: 'fields',
    values: values
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([column, value]) => ({
        column,
        value: typeof value === 'object' ? JSON.stringify(value) : String(value),
      })),
  };
}

function rowsOf(source: SourceNode) {
  const { parameters } = source;
  const all = parameters.flag('returnAll');
  const limit = parameters.number('limit', 50);
  const isSorted = parameters.flag('orderBy') === true;
  const column = parameters.text('orderByColumn', 'createdAt');
  const direction = source.choose('orderByDirection', { ASC: 'asc', DESC: 'desc' }, 'desc');
  return { limit: all === true ? 0 : limit, ...(isSorted && { sortBy: column, direction }) };
}
