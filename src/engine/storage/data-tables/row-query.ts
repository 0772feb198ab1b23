import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { DataColumn, DataFilter, DataTable } from '../../../contract/index.ts';
import type { Dialect } from '../migrations/migration.ts';
import { columnNamed, invalid, toCell } from './cells.ts';

type Condition = DataFilter['conditions'][number];
interface Field {
  name: string;
  type: DataColumn['type'];
  /** What it holds, null where it is empty. */
  value: RawBuilder<unknown>;
  /** A value of the column's type as the database compares it. */
  encode(cell: unknown): unknown;
}

/** The filter as a condition on `data_table_rows`. Throws DATA_COLUMN_UNKNOWN, DATA_VALUE_INVALID. */
export function whereOf(dialect: Dialect, table: DataTable, filter: DataFilter): Expression<SqlBool> {
  const parts = filter.conditions.map((condition) => conditionOf(dialect, table, condition));
  if (parts.length === 0) return sql<SqlBool>`1 = 1`;
  return sql<SqlBool>`(${sql.join(parts, filter.combinator === 'and' ? sql` and ` : sql` or `)})`;
}

/** What rows are put in order by. Throws DATA_COLUMN_UNKNOWN. */
export function sortValue(dialect: Dialect, table: DataTable, column: string): RawBuilder<unknown> {
  return fieldOf(dialect, table, column).value;
}

function conditionOf(dialect: Dialect, table: DataTable, condition: Condition): RawBuilder<SqlBool> {
  const { operation } = condition;
  const field = fieldOf(dialect, table, condition.column);
  const { value } = field;
  if (operation === 'empty') return sql`${value} is null`;
  if (operation === 'not-empty') return sql`${value} is not null`;
  if (operation === 'contains') {
    const part = toCell({ name: field.name, type: 'text' }, condition.value);
    if (part === null) throw invalid(field, part);
    const found = dialect === 'sqlite' ? sql`instr` : sql`strpos`;
    return sql`${found}(lower(cast(${value} as text)), lower(cast(${part} as text))) > 0`;
  }
  const cell = toCell(field, condition.value);
  // A value that is missing by mistake must not choose rows to change.
  if (cell === null || field.type === 'json') throw invalid(field, condition.value);
  const other = field.encode(cell);
  if (operation === 'not-equals') return sql`(${value} is null or ${value} <> ${other})`;
  return sql`${value} ${COMPARISONS[operation]} ${other}`;
}

const COMPARISONS = {
  equals: sql`=`,
  greater: sql`>`,
  'greater-or-equal': sql`>=`,
  less: sql`<`,
  'less-or-equal': sql`<=`,
};

function fieldOf(dialect: Dialect, table: DataTable, name: string): Field {
  if (name === 'id') return { name, type: 'number', value: sql`id`, encode: (cell) => cell };
  if (name === 'createdAt') return timeField(name, sql`created_at`);
  if (name === 'updatedAt') return timeField(name, sql`updated_at`);
  const { id, type } = columnNamed(table, name);
  const encode = type === 'boolean' ? Number : (cell: unknown) => cell;
  return { name, type, value: (dialect === 'sqlite' ? sqliteCell : postgresCell)(id, type), encode };
}

function timeField(name: string, value: RawBuilder<unknown>): Field {
  return { name, type: 'date-time', value, encode: (cell) => Date.parse(String(cell)) };
}

function sqliteCell(id: string): RawBuilder<unknown> {
  return sql`json_extract(cells, ${`$."${id}"`})`;
}

function postgresCell(id: string, type: DataColumn['type']): RawBuilder<unknown> {
  const text = sql`(cells::jsonb ->> cast(${id} as text))`;
  if (type === 'number') return sql`cast(${text} as double precision)`;
  if (type === 'boolean') return sql`(case ${text} when 'true' then 1 when 'false' then 0 end)`;
  return sql`${text} collate "C"`;
}
