import type { NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression, type ParameterSource } from '../parameter-source.ts';
import { withValues } from './query-values.ts';

const TYPES: Readonly<Record<string, string>> = { postgres: 'postgres', mySql: 'mysql' };
const OPERATIONS: Readonly<Record<string, string>> = {
  executeQuery: 'execute',
  insert: 'insert',
  update: 'update',
  upsert: 'upsert',
  select: 'select',
  deleteTable: 'delete',
};
const OPERATORS = {
  equal: 'equal',
  '!=': 'not-equal',
  '>': 'greater',
  '>=': 'greater-or-equal',
  '<': 'less',
  '<=': 'less-or-equal',
  LIKE: 'contains',
  'IS NULL': 'is-null',
  'IS NOT NULL': 'is-not-null',
} as const;

export const sqlDatabase: NodeMapping = {
  from: ['postgres', 'mySql'],
  map(source) {
    const { parameters } = source;
    const written = parameters.text('operation', 'insert');
    const operation = OPERATIONS[written];
    parameters.ignore('resource');
    // Versions before 2 write columns in ways of their own; of deletions only that of rows has a counterpart.
    const isRows = operation !== 'delete' || parameters.text('deleteCommand', 'truncate') === 'delete';
    if (!operation || !isRows || (source.version < 2 && operation !== 'execute')) {
      const command = isRows ? written : `${written} (truncate, drop)`;
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: source.type, operation: command });
      return null;
    }
    const options = parameters.child('options');
    options.ignore('largeNumbersOutput', 'connectionTimeout', 'delayClosingIdleConnection', 'nodeVersion');
    return {
      type: TYPES[source.type] ?? 'postgres',
      parameters: {
        operation,
        ...(operation === 'execute'
          ? { query: withValues(parameters.text('query'), options.take('queryReplacement')) }
          : onTable(source, operation)),
        transaction: source.choose(
          'queryBatching',
          { single: 'all', transaction: 'all', independently: 'each' },
          'all',
          options,
        ),
      },
      credentials: { database: source.type },
    };
  },
};

function onTable(source: SourceNode, operation: string) {
  const { parameters } = source;
  const options = parameters.child('options');
  const output = options.names('outputColumns').join(', ');
  const schema = located(parameters, 'schema');
  return {
    ...(schema !== '' && { schema }),
    table: located(parameters, 'table'),
    ...(output !== '' && { output }),
    ...(operation === 'select' || operation === 'delete' ? conditionsOf(source) : columnsOf(parameters)),
    ...(operation === 'select' && rowsOf(source)),
    ...(operation === 'insert' && { skipConflicts: options.flag('skipOnConflict') }),
  };
}

/** What a field with a list to choose from says: `{ __rl, mode, value }`, or in older documents the text alone. */
function located(parameters: ParameterSource, name: string): string {
  const reference = parameters.take(name, '');
  const value =
    typeof reference === 'object' && reference !== null
      ? (reference as { value?: unknown }).value
      : reference;
  return typeof value === 'string' ? value : '';
}

function columnsOf(parameters: ParameterSource) {
  const columns = parameters.child('columns');
  const match = [
    ...columns.names('matchingColumns'),
    ...[parameters.text('columnToMatchOn')].filter((name) => name !== ''),
  ].join(', ');
  const values = Object.entries(columns.child('value').takeAll());
  const isFromItem =
    columns.text('mappingMode', parameters.text('dataMode', 'autoMapInputData')) === 'autoMapInputData';
  const rows = parameters.rows('valuesToSend', 'values');
  columns.takeAll();
  const list = [
    ...values
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([column, value]) => ({
        column,
        value: typeof value === 'object' ? JSON.stringify(value) : String(value),
      })),
    ...rows.map((row) => ({ column: row.text('column'), value: row.text('value') })),
  ];
  return {
    ...(match !== '' && { matchColumns: match }),
    ...(isFromItem || list.length === 0 ? { columnsFrom: 'item' } : { columnsFrom: 'list', columns: list }),
  };
}

function conditionsOf(source: SourceNode) {
  const where = source.parameters.rows('where', 'values').map((row) => {
    const operator = source.choose('condition', OPERATORS, 'equal', row);
    const value = row.text('value');
    return {
      column: row.text('column'),
      operator,
      ...(!operator.startsWith('is-') && {
        value: operator === 'contains' ? withoutWildcards(source, value) : value,
      }),
    };
  });
  return { where, combine: source.choose('combineConditions', { AND: 'and', OR: 'or' }, 'and') };
}

/** Of patterns only those that look for a text anywhere have a counterpart. */
function withoutWildcards(source: SourceNode, pattern: string): string {
  if (isExpression(pattern) || !/^%[^%_]*%$/.test(pattern))
    source.note('approximated', 'PARAMETER_UNSUPPORTED', { parameter: 'where', value: pattern });
  return isExpression(pattern) ? pattern : pattern.replaceAll('%', '');
}

function rowsOf(source: SourceNode) {
  const { parameters } = source;
  const all = parameters.flag('returnAll');
  const limit = parameters.number('limit', 50);
  const sort = parameters.rows('sort', 'values').map((row) => ({
    column: row.text('column'),
    direction: source.choose('direction', { ASC: 'asc', DESC: 'desc' }, 'asc', row),
  }));
  return { limit: all === true ? 0 : limit, sort };
}
