import type { Item } from '../../../contract/index.ts';
import {
  isZoned,
  toColumn,
  type SqlChange,
  type SqlClient,
  type SqlCondition,
  type SqlDialect,
  type TableColumns,
  type TablePlace,
} from '../../connectors/sql/index.ts';
import { NodeError } from '../../node-kit/index.ts';
import { nameList, outputOf, rowToWrite } from './row-to-write.ts';
import type { SqlSettings } from './sql-parameters.ts';

interface At {
  item: Item;
  index: number;
  /** The table's columns where they were looked up before. */
  known?: TableColumns | undefined;
}

/** The connection and how its database writes. */
export interface Speaker {
  client: SqlClient;
  dialect: SqlDialect;
}

/** What is to be changed for one item. */
export async function changeFor(
  { client, dialect }: Speaker,
  settings: SqlSettings,
  { item, index, known }: At,
): Promise<SqlChange> {
  const { operation, schema, table, combine, skipConflicts } = settings;
  const about = { place: { schema, table }, output: outputOf(settings) };
  if (operation === 'delete') {
    // A form without a condition is one that was not filled in; all rows go by "execute".
    if (settings.where.length === 0)
      throw new NodeError('PARAMETER_REQUIRED', { field: 'where', parameter: 'where', itemIndex: index });
    const where = await conditionsFor({ client, dialect }, about.place, settings.where);
    return { kind: 'delete', ...about, where, combine };
  }
  const columns = known ?? (await client.columns(about.place));
  const row = rowToWrite(item, settings, { known: columns, itemIndex: index });
  const match = nameList(settings.matchColumns);
  if (operation === 'update') return { kind: 'update', ...about, ...splitRow(row, match, index) };
  if (operation === 'upsert') return { kind: 'upsert', ...about, rows: [row], match };
  return { kind: 'insert', ...about, rows: [row], skipConflicts };
}

/** Conditions whose values are written as their columns are, where the database does not read zones itself. */
export async function conditionsFor(
  { client, dialect }: Speaker,
  place: TablePlace,
  conditions: readonly SqlCondition[],
): Promise<readonly SqlCondition[]> {
  if (dialect.knowsZones || !conditions.some(({ value }) => isZoned(value))) return conditions;
  const known = await client.columns(place);
  return conditions.map((one) =>
    isZoned(one.value) ? { ...one, value: toColumn(one.value, known.get(one.column)) } : one,
  );
}

/** What is changed, and what rows are found by. */
function splitRow(row: ReadonlyMap<string, unknown>, match: readonly string[], itemIndex: number) {
  const missing = match.filter((name) => !row.has(name));
  const set = new Map([...row].filter(([name]) => !match.includes(name)));
  const invalid = (reason: string) =>
    new NodeError('PARAMETER_INVALID', {
      field: 'matchColumns',
      parameter: 'matchColumns',
      itemIndex,
      reason,
    });
  if (missing.length > 0)
    throw invalid(`there is no value for ${missing.join(', ')}, by which rows are found`);
  if (set.size === 0) throw invalid('there is nothing to change besides the columns by which rows are found');
  return { set, match: new Map(match.map((name) => [name, row.get(name)])) };
}
