import type { PoolClient } from 'pg';
import type { Item } from '../../../../contract/index.ts';
import { addWhere, bindPieces, doubleQuoted, Statement } from '../../../connectors/sql/index.ts';
import { NodeError, type ExecuteContext } from '../../../node-kit/index.ts';
import type { postgresParameters, PostgresSettings } from './postgres-parameters.ts';
import { nameList, rowToWrite } from './rows-to-write.ts';
import { tableColumns, toColumn, type TableColumns } from './table-columns.ts';

export type Context = ExecuteContext<typeof postgresParameters>;
const dialect = { quote: doubleQuoted, placeholder: (position: number) => `$${position}` };

export interface Bound {
  sql: string;
  values: unknown[];
}

/** What is to be run for one item. `known` are the table's columns where they were looked up before. */
export async function statementFor(
  client: PoolClient,
  context: Context,
  { item, index, known }: { item: Item; index: number; known?: TableColumns },
): Promise<Bound> {
  const settings = context.parameters(index);
  const { operation, schema, table } = settings;
  switch (operation) {
    case 'execute':
      return queryFor(context, settings, index);
    case 'select':
      return select(settings);
    case 'delete':
      return remove(settings, index);
    case 'update':
      return update(settings, item, { known: known ?? (await tableColumns(client, schema, table)), index });
    default: {
      const columns = known ?? (await tableColumns(client, schema, table));
      return insert(settings, [rowToWrite(item, settings, { known: columns, itemIndex: index })], columns);
    }
  }
}

/** Expressions in the query become bound values after those of the list, which `$1` and so on stand for. */
async function queryFor(
  context: Context,
  { query, values }: PostgresSettings,
  index: number,
): Promise<Bound> {
  const given: unknown[] = Array.isArray(values) ? values : values === '' || values === null ? [] : [values];
  const pieces = await context.pieces(query.replace(/^=/, ''), index);
  const bound = bindPieces(pieces, (position) => `$${given.length + position}`);
  return { sql: bound.sql, values: [...given, ...bound.values].map((value) => toColumn(value, undefined)) };
}

function select({ where, combine, sort, limit, output, ...place }: PostgresSettings): Bound {
  const statement = new Statement(dialect, `select ${columnsOf(output)} from ${nameOf(place)}`);
  addWhere(statement, where, combine);
  if (sort.length > 0)
    statement.add(
      ` order by ${sort.map(({ column, direction }) => `${doubleQuoted(column)} ${direction}`).join(', ')}`,
    );
  if (limit > 0) statement.add(` limit ${limit}`);
  return statement;
}

function remove({ where, combine, output, ...place }: PostgresSettings, itemIndex: number): Bound {
  // A form without a condition is one that was not filled in; all rows go by "execute".
  if (where.length === 0)
    throw new NodeError('PARAMETER_REQUIRED', { field: 'where', parameter: 'where', itemIndex });
  const statement = addWhere(new Statement(dialect, `delete from ${nameOf(place)}`), where, combine);
  return statement.add(` returning ${columnsOf(output)}`);
}

function update(
  settings: PostgresSettings,
  item: Item,
  { known, index }: { known: TableColumns; index: number },
): Bound {
  const row = rowToWrite(item, settings, { known, itemIndex: index });
  const match = nameList(settings.matchColumns);
  const missing = match.filter((name) => !row.has(name));
  const changed = [...row].filter(([name]) => !match.includes(name));
  const invalid = (reason: string) =>
    new NodeError('PARAMETER_INVALID', {
      field: 'matchColumns',
      parameter: 'matchColumns',
      itemIndex: index,
      reason,
    });
  if (missing.length > 0)
    throw invalid(`there is no value for ${missing.join(', ')}, by which rows are found`);
  if (changed.length === 0)
    throw invalid('there is nothing to change besides the columns by which rows are found');
  const statement = new Statement(dialect, `update ${nameOf(settings)} set `);
  const sets = changed.map(
    ([name, value]) => `${doubleQuoted(name)} = ${statement.bind(toColumn(value, known.get(name)))}`,
  );
  const wheres = match.map(
    (name) => `${doubleQuoted(name)} = ${statement.bind(toColumn(row.get(name), known.get(name)))}`,
  );
  return statement.add(
    `${sets.join(', ')} where ${wheres.join(' and ')} returning ${columnsOf(settings.output)}`,
  );
}

/** One statement for several rows; where a row lacks a column, its default is taken. */
export function insert(
  settings: PostgresSettings,
  rows: ReadonlyArray<ReadonlyMap<string, unknown>>,
  known: TableColumns,
): Bound {
  const { operation, matchColumns, skipConflicts, output } = settings;
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const statement = new Statement(dialect, `insert into ${nameOf(settings)} (`);
  statement.add(`${statement.names(names)}) values `);
  const tuples = rows.map((row) => {
    const values = names.map((name) =>
      row.has(name) ? statement.bind(toColumn(row.get(name), known.get(name))) : 'default',
    );
    return `(${values.join(', ')})`;
  });
  statement.add(tuples.join(', '));
  if (operation === 'upsert') {
    const match = nameList(matchColumns);
    const changed = names.filter((name) => !match.includes(name));
    const sets = (changed.length > 0 ? changed : match).map(
      (name) => `${doubleQuoted(name)} = excluded.${doubleQuoted(name)}`,
    );
    statement.add(` on conflict (${statement.names(match)}) do update set ${sets.join(', ')}`);
  } else if (skipConflicts) statement.add(' on conflict do nothing');
  return statement.add(` returning ${columnsOf(output)}`);
}

function nameOf({ schema, table }: Pick<PostgresSettings, 'schema' | 'table'>): string {
  return `${doubleQuoted(schema)}.${doubleQuoted(table)}`;
}

function columnsOf(output: string): string {
  return output.trim() === '*' ? '*' : nameList(output).map(doubleQuoted).join(', ');
}
